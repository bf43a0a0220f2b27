using static TorchSharp.torch;

namespace RnnTrain.Cells;

/// <summary>What one cell of one layer and direction remembers of each example.</summary>
/// <param name="Hidden">h, [batch, hidden].</param>
/// <param name="Memory">c, [batch, hidden]; null where the cell has none.</param>
public readonly record struct CellState(Tensor Hidden, Tensor? Memory = null)
{
    /// <summary>The state whose tensors are made from this one's by <paramref name="change"/>.</summary>
    public CellState Map(Func<Tensor, Tensor> change) => new(change(Hidden), Memory is null ? null : change(Memory));

    /// <summary>The new state where an example still runs, the old one where it has ended.</summary>
    /// <param name="running">[batch, 1] of Bool.</param>
    public static CellState Where(Tensor running, CellState next, CellState last) => new(
        where(running, next.Hidden, last.Hidden), // [batch, hidden]
        next.Memory is null ? null : where(running, next.Memory, last.Memory!)); // [batch, hidden]
}
