using RnnTrain.Configuration;
using RnnTrain.Models.Pooling;

namespace RnnTrain.Tests.Models.Pooling;

/// <summary>Every pooling of the table.</summary>
internal static class EveryPooling
{
    public static IReadOnlyDictionary<string, PoolingOptions> Variants { get; } = new Dictionary<string, PoolingOptions>
    {
        ["last"] = new LastPoolingOptions(),
        ["mean"] = new MeanPoolingOptions(),
        ["max"] = new MaxPoolingOptions(),
        ["attention"] = new AttentionPoolingOptions { Size = 5 },
    };

    public static TheoryData<string> Names => [.. Variants.Keys];
}
