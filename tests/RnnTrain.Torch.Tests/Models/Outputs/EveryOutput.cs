using RnnTrain.Configuration;
using RnnTrain.Models.Outputs;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Models.Outputs;

/// <summary>Every output layer of the table, in options for a vocabulary of at least ten tokens.</summary>
internal static class EveryOutput
{
    public static IReadOnlyDictionary<string, OutputOptions> Variants { get; } = new Dictionary<string, OutputOptions>
    {
        ["full"] = new FullOutputOptions(),
        ["adaptive"] = new AdaptiveOutputOptions { Cutoffs = [4, 7], DivValue = 2 },
        ["sampled"] = new SampledOutputOptions { Samples = 5 },
    };

    public static TheoryData<string> Names => [.. Variants.Keys];

    public static OutputLayer New(OutputOptions options, long hidden, long vocabulary)
    {
        var layer = OutputTable.Create(options, new OutputArguments(hidden, vocabulary, IsTied: false));
        using var frozen = no_grad();
        var phase = 1;
        foreach (var parameter in layer.NamedParameters()) parameter.Parameter.copy_(Formula.Double(phase++, [.. parameter.Shape]));
        return layer;
    }
}
