using System.Globalization;
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

    public double MeanLoss => tokens == 0 ? double.NaN : lossSum / tokens;

    public double TokensPerSecond => seconds == 0 ? 0 : tokens / seconds;

    public void Add(StepDone step)
    {
        lossSum += step.MeanLoss * step.Tokens;
        tokens += step.Tokens;
        seconds += step.Seconds;
    }

    public void Clear() => (lossSum, seconds, tokens) = (0, 0, 0);
}

/// <summary>The sentences in which progress is told to people.</summary>
public static class ProgressLine
{
    public static string Start(TrainingStarted started) => string.Create(CultureInfo.InvariantCulture,
        $"{(started.Step == 0 ? "training" : $"going on after step {started.Step:N0}")}: {started.StepsTotal:N0} steps, {started.BatchesPerEpoch:N0} an epoch");

    public static string Training(MetricsMeasured measured)
    {
        double Value(string name) => measured.Values.First(value => value.Name == name).Value;
        return string.Create(CultureInfo.InvariantCulture,
            $"epoch {measured.Epoch}  step {measured.Step:N0}  train {Value("loss"):F4}  gradient norm {Value("gradient_norm"):G4}  learning rate {Value("learning_rate"):G4}  {Value("tokens_per_second"):N0} tokens/s");
    }

    public static string Validation(ValidationDone validation, RunningRate rate) => string.Create(CultureInfo.InvariantCulture,
        $"epoch {validation.Epoch}  step {validation.Step:N0}  train {rate.MeanLoss:F4}  validation {validation.Loss:F4} (perplexity {validation.Perplexity:N2}){(validation.IsBest ? " best" : "")}  {rate.TokensPerSecond:N0} tokens/s");
}
