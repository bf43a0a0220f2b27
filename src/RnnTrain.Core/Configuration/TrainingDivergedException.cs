namespace RnnTrain.Configuration;

/// <summary>The loss or a gradient stopped being finite: exit code 4.</summary>
/// <param name="step">The optimizer step at which it was seen, counted from 1.</param>
/// <param name="what">What was not finite, with its value, for instance "the gradient norm is NaN".</param>
public sealed class TrainingDivergedException(long step, string what) : Exception($"training diverged at step {step}: {what}")
{
    /// <summary>The optimizer step at which it was seen, counted from 1.</summary>
    public long Step { get; } = step;

    /// <summary>What was not finite, and what to do.</summary>
    public string What { get; } = what;
}
