using RnnTrain.Metrics;

namespace RnnTrain.Runs;

/// <summary>`evaluations.csv` of a run: what `rnn evaluate` measured of its checkpoints, in the columns of metrics.csv, whose rows are the training's own.</summary>
public static class Evaluations
{
    /// <summary>All rows; none where nothing was evaluated yet.</summary>
    /// <exception cref="Configuration.UserMistakeException">It cannot be read, or a line is damaged.</exception>
    public static IReadOnlyList<MetricRow> Read(RunFolder run) => File.Exists(run.EvaluationsFile) ? MetricsFile.Read(run.EvaluationsFile) : [];

    /// <summary>Takes note of an evaluation; what was measured before of the same checkpoint and split is replaced.</summary>
    /// <param name="run">The run.</param>
    /// <param name="step">The checkpoint's step.</param>
    /// <param name="split">The data it was measured on.</param>
    /// <param name="values">What was measured.</param>
    /// <exception cref="Configuration.UserMistakeException">The disk does not take it, or what is there is damaged.</exception>
    public static void Record(RunFolder run, long step, string split, IReadOnlyList<MetricValue> values)
    {
        var epoch = MetricsFile.Read(run.MetricsFile).LastOrDefault(row => row.Step <= step)?.Epoch ?? 1;
        MetricsFile.WriteAll(run.EvaluationsFile,
        [
            .. Read(run).Where(row => row.Step != step || row.Split != split),
            .. values.Select(value => new MetricRow(step, epoch, split, value.Name, value.Value)),
        ]);
    }
}
