using RnnTrain.Metrics;

namespace RnnTrain.Reports;

/// <summary>Runs of one experiment, which differ by their seeds alone.</summary>
/// <param name="Name">The name of their configuration.</param>
/// <param name="Runs">At least one.</param>
public sealed record RunGroup(string Name, IReadOnlyList<RunSummary> Runs)
{
    /// <summary>The groups, in the order of their first runs.</summary>
    public static IReadOnlyList<RunGroup> Of(IEnumerable<RunSummary> runs) =>
        [.. runs.GroupBy(run => (run.Name, run.Experiment)).Select(group => new RunGroup(group.Key.Name, [.. group]))];

    /// <summary>The best validation metrics over the runs, each with as many of them as measured it.</summary>
    public IReadOnlyList<(string Metric, SeedSpread Spread)> Best => SpreadsOf(run => run.Best);

    /// <summary>The newest validation metrics over the runs.</summary>
    public IReadOnlyList<(string Metric, SeedSpread Spread)> Last => SpreadsOf(run => run.Last);

    /// <summary>The test metrics over the runs.</summary>
    public IReadOnlyList<(string Metric, SeedSpread Spread)> Test => SpreadsOf(run => run.Test);

    private IReadOnlyList<(string Metric, SeedSpread Spread)> SpreadsOf(Func<RunSummary, RunScore?> score) =>
    [
        .. Runs.SelectMany(run => score(run)?.Values ?? Enumerable.Empty<MetricValue>()).GroupBy(value => value.Name)
            .Select(metric => (metric.Key, SeedSpread.Of([.. metric.Select(value => value.Value)]))),
    ];
}
