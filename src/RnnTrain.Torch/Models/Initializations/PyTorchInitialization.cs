using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Numerics;
using static TorchSharp.torch;

namespace RnnTrain.Models.Initializations;

/// <summary>Options of <see cref="PyTorchInitialization"/>.</summary>
[Describe("PyTorch's own distributions, which also hold where the block is absent.")]
public sealed record PyTorchInitializationOptions : InitializationOptions
{
    [Describe("Embedding and output matrix uniform between minus and plus this, the output's bias 0, as in Merity et al. (2018); PyTorch's own if absent.")]
    [Bounds(0, MinimumExcluded = true)]
    public double? EmbeddingRange { get; init; }
}

/// <summary>
/// The distributions of PyTorch's modules: nn.Embedding N(0, 1); nn.LSTM, nn.GRU and nn.RNN all U(−1/√hidden, 1/√hidden); nn.Linear
/// U(−1/√features, 1/√features). Recurrent cells that PyTorch lacks are drawn as nn.LSTM is, but for a diagonal recurrent weight
/// (<see cref="RandomTensors.ZeroToOne"/>). A tied matrix takes nn.Linear's, since N(0, 1) would start with logits of size √hidden.
/// </summary>
public sealed class PyTorchInitialization(PyTorchInitializationOptions options) : Initialization(options)
{
    private readonly double? embeddingRange = options.EmbeddingRange;

    protected override Tensor Draw(NamedParameter parameter, PortableRandom random) => parameter.Role switch
    {
        ParameterRole.Embedding or ParameterRole.OutputWeight when embeddingRange is { } range => RandomTensors.Uniform(parameter.Shape, range, random),
        ParameterRole.OutputBias when embeddingRange is not null => zeros([.. parameter.Shape]), // [tokens]
        ParameterRole.Embedding => RandomTensors.Normal(parameter.Shape, random),
        ParameterRole.OutputWeight => RandomTensors.Uniform(parameter.Shape, 1 / Math.Sqrt(parameter.Shape[1]), random),
        ParameterRole.OutputBias => RandomTensors.Uniform(parameter.Shape, 1 / Math.Sqrt(parameter.FanIn!.Value), random),
        ParameterRole.DiagonalWeight => RandomTensors.ZeroToOne(parameter.Shape, random),
        _ => RandomTensors.Uniform(parameter.Shape, 1 / Math.Sqrt(parameter.FanIn ?? parameter.Shape[0] / parameter.Gates), random),
    };
}
