using RnnTrain.Configuration;
using RnnTrain.Engines;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnTrain.Cells;

/// <summary>
/// One time step of a recurrent network. What depends on the input alone is computed for a whole sequence in one product
/// (<see cref="Project"/>), what depends on the state step by step (<see cref="Step"/>). Parameters are zero until they are
/// initialised or loaded.
/// </summary>
public abstract class RecurrentCell : nn.Module
{
    protected RecurrentCell(CellSizes sizes)
        : base(nameof(RecurrentCell))
    {
        Sizes = sizes;
    }

    public CellSizes Sizes { get; }

    /// <summary>Features of its output.</summary>
    public virtual long OutputSize => Sizes.Hidden;

    /// <summary>What it remembers of each example from step to step.</summary>
    public abstract IReadOnlyList<StatePart> StateParts { get; }

    /// <summary>The part of the gates that depends on the input alone: [time, batch, input] → [time, batch, gates · hidden].</summary>
    public abstract Tensor Project(Tensor input);

    /// <summary>One step for every example of a batch.</summary>
    /// <param name="projected">One time step of <see cref="Project"/>: [batch, gates · hidden].</param>
    /// <param name="state">A tensor of [batch, …] for each of <see cref="StateParts"/>.</param>
    /// <returns>The output, [batch, output], and the next state.</returns>
    public abstract (Tensor Output, CellState State) Step(Tensor projected, CellState state);

    /// <summary>Its parameters in PyTorch's order under PyTorch's names.</summary>
    public abstract IReadOnlyList<NamedParameter> NamedParameters();

    /// <summary>x Wᵀ and what is added to it, by the engine that may.</summary>
    /// <param name="x">[…, features].</param>
    /// <param name="weight">[outputs, features].</param>
    /// <param name="added">A bias [outputs], or [rows, outputs] where x is [rows, features].</param>
    /// <returns>[…, outputs].</returns>
    protected Tensor Linear(Tensor x, Tensor weight, Tensor? added = null)
    {
        if (Sizes.Engine != ComputeEngine.Libtorch && OneDnnLinear.Serves(x, weight, added)) return OneDnnLinear.Of(x, weight, added);
        return added?.dim() == 2 ? added.addmm(x, weight.t()) : nn.functional.linear(x, weight, added);
    }

    /// <summary>A parameter of zeros that no dispose scope owns.</summary>
    internal static Parameter NewParameter(params long[] shape)
    {
        var parameter = nn.Parameter(zeros(shape));
        parameter.DetachFromDisposeScope();
        return parameter;
    }
}
