using RnnTrain.Configuration;
using RnnTrain.Metrics;
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

    /// <summary>Takes note of an evaluation on the validation data, with what early stopping, averaging and the schedule make of it.</summary>
    /// <param name="progress">After the evaluation's step.</param>
    /// <param name="values">What was measured, the loss first.</param>
    /// <exception cref="UserMistakeException">The metric by which runs are to be judged is not among them.</exception>
    public void Remember(TrainingProgress progress, IReadOnlyList<MetricValue> values)
    {
        var loss = values[0].Value;
        progress.Remember(loss, settings.Training.EarlyStopping?.MinimumImprovement ?? 0, CriterionOf(values));
        if (averaging is not null) progress.AverageTrigger = averaging.After(progress.AverageTrigger, loss, progress.Step);
        if (schedule is IReactsToValidation plateau) progress.Plateau = plateau.After(progress.Plateau, loss);
    }

    /// <summary>What an evaluation is judged by; see <see cref="TrainingProgress.Criterion"/>.</summary>
    /// <exception cref="UserMistakeException">The metric by which runs are to be judged is not among the values.</exception>
    public double? CriterionOf(IReadOnlyList<MetricValue> values)
    {
        var name = settings.JudgedBy;
        if (name == values[0].Name) return null;
        foreach (var value in values)
        {
            if (value.Name == name) return MetricTable.DirectionOf(name) == MetricDirection.LowerIsBetter ? value.Value : -value.Value;
        }

        throw new UserMistakeException($"evaluation.metric: this task does not measure {name}; it measures {string.Join(", ", values.Select(value => value.Name))}");
    }

    private bool IsLast(TrainingProgress progress) => progress.Step == StepsTotal;

    private bool IsDue(Interval every, TrainingProgress progress) =>
        IsLast(progress) || (every.IsEpoch ? PassIsOver(progress) : progress.Step % every.Steps == 0);

    private bool HasStoppedImproving(TrainingProgress progress) =>
        settings.Training.EarlyStopping is { } early && progress.EvaluationsWithoutImprovement >= early.Patience;
}
