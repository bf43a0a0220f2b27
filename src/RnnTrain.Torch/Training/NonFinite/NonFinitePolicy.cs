using RnnTrain.Configuration;
using RnnTrain.Metrics;

namespace RnnTrain.Training.NonFinite;

[Describe("Training ends with exit code 4; the last checkpoint is good.")]
public sealed record StopOptions : NonFiniteOptions;

[Describe("The step changes no weight and no memory of the optimizer, and is counted; numbers of the recurrent state that are not finite become 0.")]
public sealed record SkipOptions : NonFiniteOptions
{
    [Describe("How many steps may be skipped; training stops at the next one.")]
    [Bounds(1)]
    public int Limit { get; init; } = 100;
}

[Describe("Training goes on from the last checkpoint, with a lower learning rate.")]
public sealed record BackOptions : NonFiniteOptions
{
    [Describe("What the learning rate is then multiplied by, each time.")]
    [Bounds(0, 1, MinimumExcluded = true, MaximumExcluded = true)]
    public double Factor { get; init; } = 0.5;

    [Describe("How many times it may go back; training stops at the next one.")]
    [Bounds(1)]
    public int Limit { get; init; } = 3;
}

/// <summary>
/// What happens where a loss or a gradient is not finite. Where losses are read late, as on a GPU, such a step changes nothing in any
/// case; it is counted, or training goes back, when it is read, which is before anything is saved.
/// </summary>
/// <param name="Skips">True to leave the step out and go on.</param>
/// <param name="GoesBack">True to go on from the last checkpoint.</param>
/// <param name="Limit">How often.</param>
/// <param name="Factor">What the learning rate is multiplied by on going back.</param>
public sealed record NonFinitePolicy(bool Skips = false, bool GoesBack = false, int Limit = 0, double Factor = 1)
{
    /// <summary>Takes note of a step, where it was one that this policy left out.</summary>
    /// <param name="progress">Where training stands.</param>
    /// <param name="step">A step that was read.</param>
    /// <param name="scalesLoss">True where loss scaling deals with gradients that are not finite.</param>
    /// <returns>What to tell; null where the step was a good one.</returns>
    /// <exception cref="TrainingDivergedException">It was one too many.</exception>
    public StepSkipped? Note(TrainingProgress progress, StepDone step, bool scalesLoss)
    {
        if (!Skips || (double.IsFinite(step.MeanLoss) && (scalesLoss || double.IsFinite(step.GradientNorm)))) return null;
        progress.SkippedSteps++;
        if (progress.SkippedSteps <= Limit) return new StepSkipped(step.Step, step.MeanLoss, step.GradientNorm, progress.SkippedSteps);
        throw new TrainingDivergedException(step.Step, FormattableString.Invariant(
            $"the loss is {step.MeanLoss}, the gradient norm {step.GradientNorm}, and training.on_non_finite.limit allows {Limit} such steps"));
    }

    /// <summary>Rows of metrics.csv, since the run began. Where a loss is scaled, the scale's own count of skipped steps holds these too.</summary>
    public IReadOnlyList<MetricValue> Values(TrainingProgress progress) =>
    [
        .. Skips && progress.LossScale is null ? [new MetricValue("skipped_steps", progress.SkippedSteps)] : Array.Empty<MetricValue>(),
        .. GoesBack ? [new MetricValue("rollbacks", progress.Rollbacks)] : Array.Empty<MetricValue>(),
    ];
}
