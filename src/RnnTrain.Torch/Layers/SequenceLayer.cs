using RnnTrain.Cells;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Layers;

/// <summary>One layer of a recurrent network: it reads a whole sequence in one direction or both.</summary>
public abstract class SequenceLayer : nn.Module
{
    protected SequenceLayer()
        : base(nameof(SequenceLayer))
    {
    }

    /// <summary>1, or 2 for a bidirectional layer.</summary>
    public abstract int Directions { get; }

    /// <summary>Features of a time step of the output: directions · hidden.</summary>
    public abstract long OutputSize { get; }

    /// <summary>What one direction remembers of each example.</summary>
    public abstract IReadOnlyList<StatePart> StateParts { get; }

    /// <summary>Reads a batch of sequences.</summary>
    /// <param name="input">[time, batch, features].</param>
    /// <param name="initial">One state a direction.</param>
    /// <param name="lengths">Where each example ends; all at the last step if null.</param>
    /// <returns>
    /// The output, [time, batch, directions · hidden], zero beyond an example's length; and one state a direction, each example's as it
    /// was at its length.
    /// </returns>
    public abstract (Tensor Output, CellState[] Final) Forward(Tensor input, CellState[] initial, Lengths? lengths = null);

    /// <summary>The same, each example read from its end to its beginning; the output stands at the steps of the input.</summary>
    public virtual (Tensor Output, CellState[] Final) ForwardReversed(Tensor input, CellState[] initial, Lengths? lengths = null)
    {
        var (output, final) = Forward(Reverse(input, lengths), initial, lengths); // [time, batch, hidden], last step first
        return (Reverse(output, lengths), final);
    }

    /// <summary>The parameters of one direction under their names in a cell, `weight_ih`; 0 is forward, 1 backward.</summary>
    public abstract IReadOnlyList<NamedParameter> NamedParameters(int direction);

    /// <summary>Shows every step to an observer from now on, or to nobody.</summary>
    /// <param name="observer">Null for nobody.</param>
    /// <param name="layer">Which layer of its stack this is.</param>
    /// <param name="direction">0 forward, 1 backward.</param>
    /// <exception cref="InvalidOperationException">It computes whole sequences at once and has no steps to show; unrolled, it has.</exception>
    internal virtual void ObserveSteps(IStepObserver? observer, int layer, int direction = 0) =>
        throw new InvalidOperationException($"a {GetType().Name} has no steps to observe; take the unrolled path");

    /// <exception cref="ArgumentException">The input has other features, the state is of another batch or shape, or the lengths are.</exception>
    private protected void Require(Tensor input, long features, CellState initial, Lengths? lengths)
    {
        Shapes.Require(input, nameof(input), Shapes.Any, Shapes.Any, features, "time", "batch");
        initial.Require(StateParts, input.size(1));
        if (lengths is null || (lengths.Time == input.size(0) && lengths.Batch == input.size(1))) return;
        throw new ArgumentException(
            $"lengths are of {lengths.Time} time steps and {lengths.Batch} examples, but input is [{string.Join(", ", input.shape)}]");
    }

    private static Tensor Reverse(Tensor sequence, Lengths? lengths) =>
        lengths is null ? sequence.flip(0) : lengths.Reverse(sequence); // [time, batch, features]
}
