using System.Globalization;
using RnnTrain.Metrics;
using RnnTrain.Training;

namespace RnnTrain.Observers;

/// <summary>One plain line an evaluation, for output that goes to a file or a pipe; a line each time metrics are written, if verbose.</summary>
public sealed class PlainObserver(TextWriter output, bool verbose) : ITrainingObserver
{
    private readonly RunningRate rate = new();

    public void On(TrainingEvent happened)
    {
        switch (happened)
        {
            case TrainingStarted started:
                rate.Unit = started.Unit;
                output.WriteLine(ProgressLine.Start(started));
                break;
            case StepDone step:
                rate.Add(step);
                break;
            case MetricsMeasured { Split: Data.Split.Train } measured when verbose:
                output.WriteLine(ProgressLine.Training(measured));
                break;
            case ValidationDone validation:
                output.WriteLine(ProgressLine.Validation(validation, rate));
                rate.Clear();
                break;
        }
        output.Flush();
    }
}

/// <summary>Mean training loss and tokens a second since it was last cleared.</summary>
public sealed class RunningRate
{
    private double lossSum;
    private double seconds;
    private long tokens;
    private long lossTokens;

    /// <summary>What is counted, in the singular.</summary>
    public string Unit { get; set; } = "token";

    public double MeanLoss => lossTokens == 0 ? double.NaN : lossSum / lossTokens;

    public double TokensPerSecond => seconds == 0 ? 0 : tokens / seconds;

    public void Add(StepDone step)
    {
        seconds += step.Seconds;
        tokens += step.Tokens;
        if (!double.IsFinite(step.MeanLoss)) return; // a step that was skipped
        lossSum += step.MeanLoss * step.Tokens;
        lossTokens += step.Tokens;
    }

    public void Clear() => (lossSum, seconds, tokens, lossTokens) = (0, 0, 0, 0);
}

/// <summary>The sentences in which progress is told to people.</summary>
public static class ProgressLine
{
    public static string Start(TrainingStarted started) => string.Create(CultureInfo.InvariantCulture,
        $"{(started.Step == 0 ? "training" : $"going on after step {started.Step:N0}")}: {started.StepsTotal:N0} steps, {started.BatchesPerEpoch:N0} an epoch");

    public static string Training(MetricsMeasured measured)
    {
        var throughput = measured.Values.First(value => value.Name.EndsWith("_per_second", StringComparison.Ordinal));
        string Known(string name) => string.Concat(measured.Values // what is counted has neither
            .Where(value => value.Name == name)
            .Select(value => string.Create(CultureInfo.InvariantCulture, $"  {name.Replace('_', ' ')} {value.Value:G4}")));
        return string.Create(CultureInfo.InvariantCulture,
            $"epoch {measured.Epoch}  step {measured.Step:N0}  train {measured.Values[0].Value:F4}{Known("gradient_norm")}{Known("learning_rate")}  {throughput.Value:N0} {throughput.Name.Replace("_per_second", "/s", StringComparison.Ordinal)}");
    }

    public static string Validation(ValidationDone validation, RunningRate rate) => string.Create(CultureInfo.InvariantCulture,
        $"epoch {validation.Epoch}  step {validation.Step:N0}  train {rate.MeanLoss:F4}  validation {Scores(validation.Values)}{(validation.IsOfAverage ? " averaged" : "")}{(validation.IsBest ? " best" : "")}  {rate.TokensPerSecond:N0} {rate.Unit}s/s");

    /// <summary>The loss and what people rather read: `4.8992 (perplexity 134.18)`.</summary>
    public static string Scores(IReadOnlyList<MetricValue> values) => string.Create(CultureInfo.InvariantCulture,
        $"{values[0].Value:F4}{(values.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $" ({values[1].Name.Replace('_', ' ')} {values[1].Value.ToString(values[1].Value < 1 ? "F4" : "N2", CultureInfo.InvariantCulture)})") : "")}");
}
