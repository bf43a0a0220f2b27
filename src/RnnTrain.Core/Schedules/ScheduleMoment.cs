namespace RnnTrain.Schedules;

/// <summary>Where in a training run an optimizer step stands.</summary>
/// <param name="Step">Optimizer steps done before this one: 0 for the first.</param>
/// <param name="TotalSteps">Optimizer steps of the whole run.</param>
/// <param name="Epoch">The pass over the training data, counted from 1.</param>
/// <param name="StepsPerEpoch">Optimizer steps of one pass.</param>
/// <param name="PlateauFactor">The factor of the run's <see cref="PlateauState"/>; 1 where no schedule has a memory.</param>
public readonly record struct ScheduleMoment(long Step, long TotalSteps, int Epoch, long StepsPerEpoch, double PlateauFactor = 1)
{
    /// <summary>The straight line of a warm-up: 1/W in the first of W steps, 1 in the last of them and ever after.</summary>
    public double WarmUp(long warmupSteps) => Step < warmupSteps ? (Step + 1.0) / warmupSteps : 1;

    /// <summary>How much of the way from a step to the run's last one is done, from 0 to 1.</summary>
    public double ProgressSince(long step) => Math.Clamp((Step - step) / (double)Math.Max(1, TotalSteps - 1 - step), 0, 1);
}
