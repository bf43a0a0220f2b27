using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Numerics;
using static TorchSharp.torch;

namespace RnnTrain.Models.Initializations;

/// <summary>Options of <see cref="XavierInitialization"/>.</summary>
[Describe("Glorot and Bengio (2010): uniform, by the sizes of each gate's matrix; biases zero.")]
public sealed record XavierInitializationOptions : InitializationOptions;

/// <summary>
/// Matrices by Glorot's rule, gate by gate; embedding by the number of its features; biases and peepholes zero; a diagonal recurrent
/// weight as <see cref="RandomTensors.ZeroToOne"/>.
/// </summary>
public sealed class XavierInitialization(XavierInitializationOptions options) : Initialization(options)
{
    protected override Tensor Draw(NamedParameter parameter, PortableRandom random) => parameter.Role switch
    {
        ParameterRole.Embedding => RandomTensors.Embedding(parameter, random),
        ParameterRole.InputWeight or ParameterRole.RecurrentWeight or ParameterRole.ProjectionWeight or ParameterRole.OutputWeight =>
            RandomTensors.Glorot(parameter, random),
        ParameterRole.DiagonalWeight => RandomTensors.ZeroToOne(parameter.Shape, random),
        _ => zeros_like(parameter.Parameter),
    };
}
