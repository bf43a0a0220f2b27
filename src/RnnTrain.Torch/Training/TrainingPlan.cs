using RnnTrain.Configuration;
using RnnTrain.Schedules;
using RnnTrain.Training.Averaging;
using RnnTrain.Training.NonFinite;

namespace RnnTrain.Training;

/// <summary>What a run's configuration says about each moment of it, as functions of the progress: when it ends, what is due, how fast it learns.</summary>
/// <param name="settings">The configuration.</param>
/// <param name="schedule">How the learning rate changes.</param>
/// <param name="batchesIn">Steps of a pass over the training data, counted from 1.</param>
public sealed class TrainingPlan(TrainingSettings settings, ISchedule schedule, Func<int, int> batchesIn)
{
    private readonly IAveraging? averaging = AverageTable.Create(settings.Training);

    /// <summary>What happens where a step is not finite.</summary>
    public NonFinitePolicy NonFinite { get; } = NonFiniteTable.Create(settings.Training.OnNonFinite);

    /// <summary>Optimizer steps of the whole run.</summary>
    public long StepsTotal { get; } = settings.StepsTotal(batchesIn);

    /// <summary>The learning rate of the step that comes next.</summary>
    public double LearningRate(TrainingProgress progress) => settings.Training.Optimizer.LearningRate * progress.RateFactor * schedule.Factor(
        new ScheduleMoment(progress.Step, StepsTotal, progress.Epoch, batchesIn(progress.Epoch), progress.Plateau.Factor));

    /// <summary>True where all steps are done, or going on no longer helps.</summary>
    public bool IsOver(TrainingProgress progress) => progress.Step >= StepsTotal || HasStoppedImproving(progress);

    /// <summary>True behind the last batch of a pass.</summary>
    public bool PassIsOver(TrainingProgress progress) => progress.BatchInEpoch == batchesIn(progress.Epoch);

    /// <param name="progress">After a step.</param>
    /// <param name="unlogged">Steps since metrics were last written.</param>
    public bool MetricsAreDue(TrainingProgress progress, int unlogged) =>
        unlogged >= settings.Training.LogEvery || (unlogged > 0 && (PassIsOver(progress) || IsLast(progress)));

    public bool EvaluationIsDue(TrainingProgress progress) => IsDue(settings.EvaluateEvery, progress);

    public bool CheckpointIsDue(TrainingProgress progress) => IsDue(settings.CheckpointEvery, progress);

    /// <summary>Takes note of a validation loss, with what early stopping, averaging and the schedule make of it.</summary>
    public void Remember(TrainingProgress progress, double loss)
    {
        progress.Remember(loss, settings.Training.EarlyStopping?.MinimumImprovement ?? 0);
        if (averaging is not null) progress.AverageTrigger = averaging.After(progress.AverageTrigger, loss, progress.Step);
        if (schedule is IReactsToValidation plateau) progress.Plateau = plateau.After(progress.Plateau, loss);
    }

    private bool IsLast(TrainingProgress progress) => progress.Step == StepsTotal;

    private bool IsDue(Interval every, TrainingProgress progress) =>
        IsLast(progress) || (every.IsEpoch ? PassIsOver(progress) : progress.Step % every.Steps == 0);

    private bool HasStoppedImproving(TrainingProgress progress) =>
        settings.Training.EarlyStopping is { } early && progress.EvaluationsWithoutImprovement >= early.Patience;
}
