using System.Globalization;

namespace RnnTrain.Metrics.Classification;

/// <summary>
/// Whether what is told with a probability of 0.8 is right in 8 of 10 cases: Guo et al., "On calibration of modern neural networks" (2017).
/// What was told is sorted into bins of equal width by its probability p; bin m holds (m − 1) / M &lt; p ≤ m / M, the first also 0.
/// <code>
/// ECE = Σ_m |B_m| / n · |right(B_m) − p(B_m)|        right, p: means of a bin
/// </code>
/// </summary>
public sealed class Calibration
{
    /// <summary>Bins, as in the paper.</summary>
    public const int DefaultBins = 15;

    private readonly long[] counts;
    private readonly long[] right;
    private readonly double[] probabilities;

    public Calibration(int bins = DefaultBins)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        (counts, right, probabilities) = (new long[bins], new long[bins], new double[bins]);
    }

    /// <summary>The expected calibration error, 0 to 1; NaN where nothing was told.</summary>
    public double ExpectedError
    {
        get
        {
            var total = (double)counts.Sum();
            return Enumerable.Range(0, counts.Length).Sum(bin => Math.Abs(right[bin] - probabilities[bin])) / total;
        }
    }

    /// <summary>Adds something that was told.</summary>
    /// <param name="probability">What the model gave it, 0 to 1.</param>
    /// <param name="isRight">Whether it is so.</param>
    public void Add(double probability, bool isRight)
    {
        var bin = Math.Clamp((int)Math.Ceiling(probability * counts.Length) - 1, 0, counts.Length - 1);
        counts[bin]++;
        if (isRight) right[bin]++;
        probabilities[bin] += probability;
    }

    /// <summary>A row a bin.</summary>
    public ScoreTable Table() => new(
        "calibration", "how often what is told with a probability is right", "probability", ["told", "mean_probability", "right"],
        [.. counts.Select((count, bin) => new ScoreRow(Range(bin), [count, probabilities[bin] / count, right[bin] / (double)count]))]);

    private string Range(int bin) => string.Create(
        CultureInfo.InvariantCulture, $"{bin / (double)counts.Length:0.###}..{(bin + 1) / (double)counts.Length:0.###}");
}
