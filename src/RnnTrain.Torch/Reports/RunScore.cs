using RnnTrain.Metrics;
using RnnTrain.Runs;

namespace RnnTrain.Reports;

/// <summary>The metrics of one split at one step of a run.</summary>
/// <param name="Step">Optimizer steps done.</param>
/// <param name="Values">At least one, in the order they were written.</param>
public sealed record RunScore(long Step, IReadOnlyList<MetricValue> Values)
{
    /// <summary>The value of a metric; null where it was not measured.</summary>
    public double? Find(string metric) => Values.Where(value => value.Name == metric).Select(value => (double?)value.Value).FirstOrDefault();

    /// <summary>What was measured of a split, in rising order of steps.</summary>
    internal static IReadOnlyList<RunScore> Of(IEnumerable<MetricRow> rows, string split) =>
    [
        .. rows.Where(row => row.Split == split).GroupBy(row => row.Step).OrderBy(step => step.Key)
            .Select(step => new RunScore(step.Key, [.. step.Select(row => new MetricValue(row.Metric, row.Value))])),
    ];
}
