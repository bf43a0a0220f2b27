using static TorchSharp.torch;

namespace RnnTrain.Cells;

/// <summary>What one cell of one layer and direction remembers of each example: a tensor a part of its state, [batch, …] each.</summary>
public readonly struct CellState
{
    private readonly Tensor[] parts;

    /// <param name="parts">In the order of <see cref="RecurrentCell.StateParts"/>.</param>
    public CellState(params Tensor[] parts) => this.parts = parts;

    /// <summary>How many tensors it is.</summary>
    public int Count => parts.Length;

    /// <summary>The first part, h in most cells: [batch, hidden].</summary>
    public Tensor Hidden => parts[0];

    /// <summary>The second part, c of an LSTM: [batch, hidden]; null where there is one part only.</summary>
    public Tensor? Memory => parts.Length > 1 ? parts[1] : null;

    /// <summary>One part: [batch, …].</summary>
    public Tensor this[int part] => parts[part];

    /// <summary>The state whose tensors are made from this one's by <paramref name="change"/>.</summary>
    public CellState Map(Func<Tensor, Tensor> change) => new([.. parts.Select(change)]);

    /// <summary>The new state where an example still runs, the old one where it has ended.</summary>
    /// <param name="running">[batch, 1] of Bool.</param>
    public static CellState Where(Tensor running, CellState next, CellState last) => new(
        [.. next.parts.Zip(last.parts, (now, before) => where(OfRank(running, now.dim()), now, before))]); // [batch, …] each

    /// <exception cref="ArgumentException">It does not consist of these parts for a batch of that size.</exception>
    internal void Require(IReadOnlyList<StatePart> needed, long batch)
    {
        for (var i = 0; i < needed.Count; i++)
        {
            var part = needed[i];
            if (i >= parts.Length) throw new ArgumentException($"state {part.Name} is missing");
            if (part.Fits(parts[i], batch)) continue;
            throw new ArgumentException($"state {part.Name} is [{string.Join(", ", parts[i].shape)}], but [batch = {batch}, {part.ShapeText}] is needed");
        }
    }

    private static Tensor OfRank(Tensor running, long rank) =>
        rank == 2 ? running : running.view([running.size(0), .. Enumerable.Repeat(1L, (int)rank - 1)]); // [batch, 1, …]
}
