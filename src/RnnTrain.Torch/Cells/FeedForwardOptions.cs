using RnnTrain.Configuration;

namespace RnnTrain.Cells;

/// <summary>
/// The feed-forward network of Bengio et al., "A neural probabilistic language model" (2003), of <see cref="WindowCell"/>s: the first
/// layer sees the last inputs side by side, layers above one step at a time.
/// </summary>
[Describe("No recurrence (Bengio et al. 2003): the first layer sees the last inputs side by side, layers above one time step. Shows what recurrence buys.")]
public sealed record FeedForwardOptions : CellOptions
{
    [Describe("Inputs that the first layer sees, the present one among them.")]
    [Bounds(1)]
    public int Window { get; init; } = 5;

    public override bool IsParallel => true;

    /// <summary>Inputs that a unit of a layer sees.</summary>
    internal int TapsOf(int layer) => layer == 0 ? Window : 1;
}
