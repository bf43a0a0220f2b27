using RnnTrain.Metrics;

namespace RnnTrain.Training.Precisions;

/// <summary>Where dynamic loss scaling stands, as plain numbers; part of a checkpoint.</summary>
public sealed record LossScaleState
{
    /// <summary>What the objective is multiplied with before the backward pass.</summary>
    public double Scale { get; init; } = LossScale.Initial;

    /// <summary>Steps with finite gradients since the scale last changed.</summary>
    public long GoodSteps { get; init; }

    /// <summary>Steps since the run began that changed no weight, because a gradient was not finite.</summary>
    public long SkippedSteps { get; init; }

    /// <summary>True where a gradient was not finite though the scale was at its floor: scaling cannot help.</summary>
    public bool IsExhausted { get; init; }

    /// <summary>The rows of metrics.csv.</summary>
    public IReadOnlyList<MetricValue> Values() => [new("loss_scale", Scale), new("skipped_steps", SkippedSteps)];
}
