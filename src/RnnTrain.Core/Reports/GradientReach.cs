namespace RnnTrain.Reports;

/// <summary>
/// How far back a loss reaches: Bengio, Simard and Frasconi, "Learning long-term dependencies with gradient descent is difficult" (1994).
/// The norm of the loss's gradient by the state n steps back, ‖∂L/∂h_(T−n)‖, is fitted by a · rateⁿ: linear regression of its logarithm.
/// </summary>
public sealed record GradientReach
{
    /// <summary>The share of the largest norm below which a gradient counts as gone.</summary>
    public const double GoneShare = 0.01;

    /// <summary>A window of fewer steps says little about memory: then the rate decides what would be left after as many.</summary>
    public const int LeastSteps = 20;

    private const double Hundredfold = 100;

    private GradientReach(int steps)
    {
        Steps = steps;
    }

    /// <summary>Steps looked back.</summary>
    public int Steps { get; }

    /// <summary>By what the norm is multiplied a step back, fitted; NaN where fewer than two norms are positive numbers.</summary>
    public double Rate { get; private init; }

    /// <summary>The norm at the far end over the first that is not 0; infinite where it left all numbers.</summary>
    public double Remains { get; private init; }

    /// <summary>
    /// Steps back from which on at most 1 % of the largest norm is left: measured where <see cref="HorizonIsMeasured"/>, else told from the
    /// rate; null where the fit does not shrink.
    /// </summary>
    public long? Horizon { get; private init; }

    public bool HorizonIsMeasured { get; private init; }

    /// <summary>Steps back beyond which the gradient is exactly 0; null where it is not.</summary>
    public int? NothingBeyond { get; private init; }

    public MemoryVerdict Verdict { get; private init; }

    /// <param name="norms">The norm 0, 1, 2 … steps back, at least two.</param>
    public static GradientReach Of(IReadOnlyList<double> norms)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(norms.Count, 2);
        var rate = FittedRate(norms);
        var first = norms.FirstOrDefault(norm => norm > 0); // a cell that puts out before it remembers has none at the last step itself
        var remains = !double.IsFinite(norms[^1]) ? double.PositiveInfinity : first > 0 ? norms[^1] / first : 0;
        var last = LastIndexWhere(norms, norm => norm != 0);
        var gone = LastIndexWhere(norms, norm => norm > GoneShare * norms.Max()) + 1;
        var isMeasured = double.IsFinite(norms.Max()) && gone < norms.Count;
        var explodes = !norms.All(double.IsFinite) || remains >= Hundredfold;
        var horizon = explodes ? null : isMeasured ? gone : Extrapolated(rate, norms.Count);
        return new GradientReach(norms.Count - 1)
        {
            Rate = rate,
            Remains = remains,
            Horizon = horizon,
            HorizonIsMeasured = !explodes && isMeasured,
            NothingBeyond = last < norms.Count - 1 ? Math.Max(last, 0) : null,
            Verdict = explodes ? MemoryVerdict.Exploding : isMeasured || horizon <= LeastSteps ? MemoryVerdict.Vanishing : MemoryVerdict.Holding,
        };
    }

    private static long? Extrapolated(double rate, int measured)
    {
        if (!(rate < 1)) return null;
        var steps = Math.Ceiling(Math.Log(GoneShare) / Math.Log(rate));
        return steps < long.MaxValue ? Math.Max((long)steps, measured) : null;
    }

    private static int LastIndexWhere(IReadOnlyList<double> norms, Func<double, bool> holds)
    {
        for (var i = norms.Count - 1; i >= 0; i--)
        {
            if (holds(norms[i])) return i;
        }
        return -1;
    }

    /// <summary>e to the slope of the least-squares line through (n, ln norm).</summary>
    private static double FittedRate(IReadOnlyList<double> norms)
    {
        var points = norms.Select((norm, n) => (X: (double)n, Y: Math.Log(norm))).Where(point => double.IsFinite(point.Y)).ToArray();
        if (points.Length < 2) return double.NaN;
        var (x, y) = (points.Average(point => point.X), points.Average(point => point.Y));
        var slope = points.Sum(point => (point.X - x) * (point.Y - y)) / points.Sum(point => (point.X - x) * (point.X - x));
        return Math.Exp(slope);
    }
}
