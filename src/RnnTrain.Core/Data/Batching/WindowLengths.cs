using RnnTrain.Configuration;
using RnnTrain.Numerics;

namespace RnnTrain.Data.Batching;

/// <summary>Windows of random length.</summary>
public sealed record RandomStepsOptions
{
    [Describe("The share of windows of about the full length; the others are of about half of it.")]
    [Bounds(0, 1)]
    public double FullShare { get; init; } = 0.95;

    [Describe("The standard deviation of the length around either, in time steps.")]
    [Bounds(0)]
    public double Deviation { get; init; } = 5;

    [Describe("No window is drawn shorter than this.")]
    [Bounds(1)]
    public int Minimum { get; init; } = 5;
}

/// <summary>
/// Where a lane is cut into windows: all of one length, or of random lengths, a function of (seed, epoch) alone. Merity, Keskar and Socher,
/// "Regularizing and optimizing LSTM language models" (2018): with fixed windows a token at the end of one never sends its error back far.
/// <code>
/// base = steps with probability p, else steps / 2        length = max(minimum, ⌊N(base, deviation)⌋)
/// </code>
/// The last window ends where the lane ends.
/// </summary>
/// <param name="laneLength">Time steps of a lane.</param>
/// <param name="steps">The length, or the base of the random ones.</param>
/// <param name="random">Null for windows of one length.</param>
/// <param name="seed">The seed of the experiment.</param>
internal sealed class WindowLengths(long laneLength, int steps, RandomStepsOptions? random, long seed)
{
    private const int EpochsKept = 2; // batches are made ahead, so two passes may be asked for by turns
    private readonly Dictionary<int, int> counts = [];
    private readonly Dictionary<int, long[]> starts = []; // of windows, then the lane's length

    /// <summary>True where each window has a length of its own.</summary>
    public bool AreRandom => random is not null;

    /// <summary>Windows of one pass.</summary>
    /// <param name="epoch">Counted from 1.</param>
    public int CountIn(int epoch)
    {
        if (random is null) return checked((int)((laneLength - 1) / steps + 1));
        lock (counts)
        {
            if (counts.TryGetValue(epoch, out var known)) return known;
            return counts[epoch] = Lengths(epoch, random).Count();
        }
    }

    /// <summary>Where a window begins in its lane, and how long it is.</summary>
    public (long Start, int Length) At(int epoch, int index)
    {
        if (random is null) return ((long)index * steps, (int)Math.Min(steps, laneLength - (long)index * steps));
        lock (counts)
        {
            if (!starts.TryGetValue(epoch, out var places))
            {
                if (starts.Count == EpochsKept) starts.Remove(starts.Keys.Min());
                places = starts[epoch] = Starts(epoch, random);
            }

            return (places[index], (int)(places[index + 1] - places[index]));
        }
    }

    private long[] Starts(int epoch, RandomStepsOptions options)
    {
        List<long> places = [0];
        foreach (var length in Lengths(epoch, options)) places.Add(places[^1] + length);
        return [.. places];
    }

    private IEnumerable<int> Lengths(int epoch, RandomStepsOptions options)
    {
        var generator = PortableRandom.For(seed, "window lengths", epoch);
        for (var left = laneLength; left > 0;)
        {
            var mean = generator.NextDouble() < options.FullShare ? steps : steps / 2.0;
            var drawn = Math.Max(options.Minimum, (long)Math.Floor(mean + options.Deviation * generator.NextNormal()));
            var length = (int)Math.Min(drawn, left);
            left -= length;
            yield return length;
        }
    }
}
