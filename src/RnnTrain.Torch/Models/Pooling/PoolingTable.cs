using RnnTrain.Configuration;

namespace RnnTrain.Models.Pooling;

/// <summary>Every pooling.</summary>
public static class PoolingTable
{
    public static Registry<PoolingOptions, PoolingArguments, SequencePooling> Poolings { get; } = new("poolings")
    {
        { "last", (LastPoolingOptions _, PoolingArguments arguments) => new LastPooling(arguments) },
        { "mean", (MeanPoolingOptions _, PoolingArguments _) => new MeanPooling() },
        { "max", (MaxPoolingOptions _, PoolingArguments _) => new MaxPooling() },
        { "attention", (AttentionPoolingOptions o, PoolingArguments arguments) => new AttentionPooling(o, arguments) },
    };

    /// <summary>The pooling of these options; the last step if there are none.</summary>
    public static SequencePooling Create(PoolingOptions? options, PoolingArguments arguments) =>
        Poolings.Create(options ?? new LastPoolingOptions(), arguments);
}
