using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Numerics;
using static TorchSharp.torch;

namespace RnnTrain.Models.Initializations;

/// <summary>Options of <see cref="UniformInitialization"/>.</summary>
[Describe("Every parameter uniform between −range and range, as in Zaremba et al. (2014); gains of a normalisation 1.")]
public sealed record UniformInitializationOptions : InitializationOptions
{
    [Describe("The largest absolute value.")]
    [Bounds(0, MinimumExcluded = true)]
    public required double Range { get; init; }
}

/// <summary>Every parameter but the gains of a normalisation, biases and embedding too, U(−range, range): Zaremba et al., "Recurrent neural network regularization" (2014).</summary>
public sealed class UniformInitialization(UniformInitializationOptions options) : Initialization(options)
{
    private readonly double range = options.Range;

    protected override Tensor Draw(NamedParameter parameter, PortableRandom random) =>
        RandomTensors.Uniform(parameter.Shape, range, random);
}
