namespace RnnTrain.Reports;

/// <summary>A metric over the steps of one run or several, as a chart.</summary>
public static class LearningCurves
{
    /// <param name="runs">One run is shown with training and validation, several with validation alone.</param>
    /// <param name="metric">`loss`, or another that was measured on the validation data.</param>
    public static LineChart Of(IReadOnlyList<RunSummary> runs, string metric) => new()
    {
        Title = runs.Count == 1 ? $"{runs[0].Name}: {metric} while training" : $"validation {metric} while training",
        XLabel = "optimizer steps",
        YLabel = metric,
        Description = string.Join(" ", runs.Where(run => run.Best?.Find(metric) is not null)
            .Select(run => FormattableString.Invariant($"{NameOf(run)}: best validation {metric} {run.Best!.Find(metric):G5} at step {run.Best.Step}."))),
        Lines = runs.Count == 1
            ? [Line("training", runs[0].Training, metric), Line("validation", runs[0].Validation, metric)]
            : [.. runs.Select(run => Line(NameOf(run), run.Validation, metric))],
    };

    private static string NameOf(RunSummary run) => FormattableString.Invariant($"{run.Name}, seed {run.Seed}");

    private static ChartLine Line(string name, IReadOnlyList<RunScore> scores, string metric) =>
        new(name, [.. scores.Where(score => score.Find(metric) is not null).Select(score => ((double)score.Step, score.Find(metric)!.Value))]);
}
