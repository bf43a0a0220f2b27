using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Numerics;
using static TorchSharp.torch;

namespace RnnTrain.Models.Initializations;

/// <summary>Options of <see cref="OrthogonalInitialization"/>.</summary>
[Describe("Saxe et al. (2013): recurrent matrices orthogonal, gate by gate; the others as xavier; biases zero.")]
public sealed record OrthogonalInitializationOptions : InitializationOptions;

/// <summary>
/// Recurrent matrices orthogonal: Saxe, McClelland and Ganguli, "Exact solutions to the nonlinear dynamics of learning in deep linear
/// neural networks" (2013), each gate's block for itself, and so the matrix of a projection. The other matrices are Glorot's, biases and
/// peepholes zero, a diagonal recurrent weight as <see cref="RandomTensors.ZeroToOne"/>.
/// </summary>
public sealed class OrthogonalInitialization(OrthogonalInitializationOptions options) : Initialization(options)
{
    protected override Tensor Draw(NamedParameter parameter, PortableRandom random) => parameter.Role switch
    {
        ParameterRole.RecurrentWeight or ParameterRole.ProjectionWeight => Orthogonal(parameter, random),
        ParameterRole.DiagonalWeight => RandomTensors.ZeroToOne(parameter.Shape, random),
        ParameterRole.Embedding => RandomTensors.Embedding(parameter, random),
        ParameterRole.InputWeight or ParameterRole.OutputWeight => RandomTensors.Glorot(parameter, random),
        _ => zeros_like(parameter.Parameter),
    };

    private static Tensor Orthogonal(NamedParameter weight, PortableRandom random)
    {
        long[] block = [weight.Shape[0] / weight.Gates, weight.Shape[1]];
        return cat([.. Enumerable.Range(0, weight.Gates).Select(_ => OrthogonalBlock(block, random))]); // [gates · hidden, hidden]
    }

    /// <summary>
    /// Q of A = QR for a normal A, its columns multiplied by the signs of R's diagonal, which makes every orthogonal matrix equally
    /// likely: Mezzadri, "How to generate random matrices from the classical compact groups" (2007).
    /// </summary>
    private static Tensor OrthogonalBlock(long[] shape, PortableRandom random)
    {
        var isWide = shape[0] < shape[1];
        var a = RandomTensors.Normal(shape, random); // [rows, columns]
        var (q, r) = linalg.qr(isWide ? a.t() : a); // [long, short], [short, short]
        var unique = q * r.diagonal().sign(); // [long, short]
        return isWide ? unique.t() : unique; // [rows, columns]
    }
}
