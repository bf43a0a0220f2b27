using RnnTrain.Cells;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Layers;

/// <summary>The same function as <see cref="RecurrentLayer"/> over a cell that reads a whole sequence at once.</summary>
public sealed class ParallelLayer : SequenceLayer
{
    private readonly RecurrentCell cell;

    /// <exception cref="ArgumentException">The cell can only step.</exception>
    public ParallelLayer(RecurrentCell cell)
    {
        if (cell is not IParallelCell) throw new ArgumentException($"a {cell.GetType().Name} can only step", nameof(cell));
        this.cell = cell;
        RegisterComponents();
    }

    public override int Directions => 1;

    public override long OutputSize => cell.OutputSize;

    public override IReadOnlyList<StatePart> StateParts => cell.StateParts;

    public override IReadOnlyList<NamedParameter> NamedParameters(int direction) => cell.NamedParameters();

    public override (Tensor Output, CellState[] Final) Forward(Tensor input, CellState[] initial, Lengths? lengths = null)
    {
        Require(input, cell.Sizes.Input, initial[0], lengths);
        var (output, final) = ((IParallelCell)cell).Run(input, initial[0], lengths is { AllFull: false } ? lengths : null); // [time, batch, output]
        return (output, [final]);
    }
}
