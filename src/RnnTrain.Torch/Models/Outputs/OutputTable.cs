using RnnTrain.Configuration;

namespace RnnTrain.Models.Outputs;

/// <summary>Every output layer.</summary>
public static class OutputTable
{
    public static Registry<OutputOptions, OutputArguments, OutputLayer> Outputs { get; } = new("outputs")
    {
        { "full", (FullOutputOptions _, OutputArguments arguments) => new FullOutput(arguments) },
        { "adaptive", (AdaptiveOutputOptions o, OutputArguments arguments) => new AdaptiveOutput(o, arguments) },
        { "sampled", (SampledOutputOptions o, OutputArguments arguments) => new SampledOutput(o, arguments) },
    };

    /// <summary>The output layer of these options; a full one if there are none.</summary>
    public static OutputLayer Create(OutputOptions? options, OutputArguments arguments) =>
        Outputs.Create(options ?? new FullOutputOptions(), arguments);
}
