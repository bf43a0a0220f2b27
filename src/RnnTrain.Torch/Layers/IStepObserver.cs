using RnnTrain.Cells;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Layers;

/// <summary>Somebody who looks at every step of a stack of unrolled layers, its tensors being part of the graph: `rnn diagnose`.</summary>
public interface IStepObserver
{
    /// <summary>A cell has made a step.</summary>
    void OnStep(RecurrentStep step);

    /// <summary>The stack has read a batch.</summary>
    /// <param name="output">Of its last layer: [time, batch, features].</param>
    /// <param name="lengths">Where each example ends; null where all end at the last step.</param>
    void OnOutput(Tensor output, Lengths? lengths);
}

/// <summary>One step of one cell for every example of a batch.</summary>
/// <param name="Layer">Counted from 0.</param>
/// <param name="Direction">0 forward, 1 backward.</param>
/// <param name="Time">The step in the order of reading, counted from 0.</param>
/// <param name="Cell">Which made it.</param>
/// <param name="Projected">What the cell read: [batch, gates · hidden].</param>
/// <param name="Before">The state it began with.</param>
/// <param name="After">The state it ended with, also of examples that have ended before.</param>
/// <param name="Output">[batch, output].</param>
public readonly record struct RecurrentStep(
    int Layer, int Direction, int Time, RecurrentCell Cell, Tensor Projected, CellState Before, CellState After, Tensor Output);
