using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Cells;

/// <summary>A cell that reads a whole sequence at once, with the same result as its steps one after the other.</summary>
public interface IParallelCell
{
    /// <summary>Reads a batch of sequences.</summary>
    /// <param name="input">[time, batch, input].</param>
    /// <param name="initial">The state before the first step.</param>
    /// <param name="lengths">Where each example of a right-padded batch ends; null where all do at the last step.</param>
    /// <returns>The output, [time, batch, output], zero beyond an example's length; and each example's state at its length.</returns>
    (Tensor Output, CellState Final) Run(Tensor input, CellState initial, Lengths? lengths);
}
