using RnnTrain.Cells;
using RnnTrain.Configuration;
using static TorchSharp.torch;

namespace RnnTrain.Layers;

/// <summary>
/// Zoneout: Krueger et al., "Zoneout: regularizing RNNs by randomly preserving hidden activations" (2017). In training each value of the
/// state keeps its last value with probability z, drawn anew for every step; in evaluation it becomes the mean of that.
/// <code>
/// training    s_t ← d ⊙ s_(t−1) + (1 − d) ⊙ s_t,  d ~ Bernoulli(z)
/// evaluation  s_t ← z s_(t−1) + (1 − z) s_t
/// </code>
/// </summary>
public sealed class Zoneout
{
    internal const string HiddenName = "h";
    internal const string MemoryName = "c";
    private readonly double[] shares; // z of each part of the state

    /// <param name="options">z of h and of c.</param>
    /// <param name="parts">What the cell remembers.</param>
    public Zoneout(ZoneoutOptions options, IReadOnlyList<StatePart> parts)
    {
        shares = [.. parts.Select(part => part.Name switch { HiddenName => options.Hidden, MemoryName => options.Memory, _ => 0 })];
    }

    /// <summary>The masks of a whole sequence, a part each: true where a value is kept, time × [batch, …]; null where none is.</summary>
    /// <param name="time">Steps of the sequence.</param>
    /// <param name="like">Of the state's shapes.</param>
    public IReadOnlyList<Tensor[]?> Draw(long time, CellState like) =>
    [
        .. shares.Select((share, part) => share == 0
            ? null
            : zeros([time, .. like[part].shape], ScalarType.Bool, like[part].device).bernoulli_(share).unbind(0)), // time × [batch, …]
    ];

    /// <summary>The state after a step in training.</summary>
    /// <param name="step">Counted from 0.</param>
    /// <param name="masks">From <see cref="Draw"/>.</param>
    public static CellState Keep(int step, IReadOnlyList<Tensor[]?> masks, CellState last, CellState next)
    {
        var part = 0;
        return next.Map(now =>
        {
            var before = last[part];
            return masks[part++] is { } mask ? where(mask[step], before, now) : now; // [batch, …]
        });
    }

    /// <summary>The state after a step in evaluation.</summary>
    public CellState Mean(CellState last, CellState next)
    {
        var part = 0;
        return next.Map(now =>
        {
            var before = last[part];
            var share = shares[part++];
            return share == 0 ? now : now + ((before - now) * share); // [batch, …], = z before + (1 − z) now
        });
    }
}
