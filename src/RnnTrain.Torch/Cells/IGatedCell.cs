using static TorchSharp.torch;

namespace RnnTrain.Cells;

/// <summary>A cell that shows the activations of its non-linearities, so that one can see which of them hardly let a gradient through.</summary>
public interface IGatedCell
{
    /// <summary>The activations of one step, which has the same arguments.</summary>
    /// <inheritdoc cref="RecurrentCell.Step"/>
    IReadOnlyList<GateActivation> Activations(Tensor projected, CellState state);
}

/// <summary>What one non-linearity of a cell gave at one step.</summary>
/// <param name="Name">As the cell's equations call it: `f`.</param>
/// <param name="Kind">Where it is saturated.</param>
/// <param name="Value">[batch, hidden].</param>
public readonly record struct GateActivation(string Name, GateKind Kind, Tensor Value);

/// <summary>The non-linearities by where their derivative is next to nothing.</summary>
public enum GateKind
{
    /// <summary>σ: below 0.05 and above 0.95.</summary>
    Sigmoid,

    /// <summary>tanh: beyond ±0.95.</summary>
    Tanh,

    /// <summary>Rectified linear: at 0.</summary>
    Relu,
}
