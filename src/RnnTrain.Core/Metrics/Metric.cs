namespace RnnTrain.Metrics;

/// <summary>A metric: its name, which values are better, and how it follows from the totals.</summary>
/// <param name="Name">As metrics.csv and the configuration write it.</param>
/// <param name="Direction">Which values are better.</param>
/// <param name="Summary">What it is, in one sentence, with its unit.</param>
/// <param name="Of">Its value, or null where the totals do not hold what it needs.</param>
public sealed record Metric(string Name, MetricDirection Direction, string Summary, Func<TokenTotals, double?> Of)
{
    /// <summary>True where the candidate is strictly better. A value that is not a number is worse than every other.</summary>
    /// <param name="candidate">The new value.</param>
    /// <param name="incumbent">The best so far; null where there is none yet.</param>
    /// <param name="minimumImprovement">By how much the candidate must be better, in the metric's unit.</param>
    public bool IsBetter(double candidate, double? incumbent, double minimumImprovement = 0)
    {
        if (double.IsNaN(candidate)) return false;
        if (incumbent is not { } best || double.IsNaN(best)) return true;
        return Direction == MetricDirection.LowerIsBetter
            ? candidate < best - minimumImprovement
            : candidate > best + minimumImprovement;
    }
}
