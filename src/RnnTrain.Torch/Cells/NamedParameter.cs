using RnnTrain.Tensors;
using TorchSharp.Modules;

namespace RnnTrain.Cells;

/// <summary>One parameter of a network under the name that PyTorch gives it.</summary>
/// <param name="Name">`weight_ih` in a cell, `weight_ih_l0` in a stack, `recurrent.weight_ih_l0` in a model.</param>
/// <param name="Parameter">The parameter itself; after the network moved to another device, ask again.</param>
/// <param name="Role">What it is for.</param>
/// <param name="Gates">Blocks of equal height, one a gate, in which its first axis is divided; 1 where there are none.</param>
/// <param name="ForgetGate">Which of the blocks is the forget gate's; null where the cell has none.</param>
public sealed record NamedParameter(string Name, Parameter Parameter, ParameterRole Role, int Gates = 1, int? ForgetGate = null)
{
    /// <summary>Features that each of its outputs sums over, where neither its shape nor the number of its gates says: an output bias.</summary>
    public long? FanIn { get; init; }

    /// <summary>
    /// Knows the rows of the gradient that are not zero; null where every step's gradient is dense. Ask <see cref="RowGradient.Describes"/>
    /// of the gradient before trusting it.
    /// </summary>
    public RowGradient? Rows { get; init; }

    /// <summary>True where it is kept as it is: it has no gradient, and nothing else changes it.</summary>
    public bool IsFrozen { get; init; }

    public IReadOnlyList<long> Shape => Parameter.shape;
}
