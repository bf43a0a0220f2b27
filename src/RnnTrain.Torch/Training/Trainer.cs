using System.Diagnostics;
using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Data;
using RnnTrain.Metrics;
using RnnTrain.Schedules;
using RnnTrain.Tasks;

namespace RnnTrain.Training;

/// <summary>
/// The training loop and nothing but the loop: it knows neither files nor consoles, and tells its observers what happens.
/// Whatever it draws at random is a function of (seed, epoch, step), so it goes on from any state as if it had never stopped.
/// </summary>
public sealed class Trainer(
    ITask task, IReadOnlyList<NamedParameter> parameters, TrainingSettings settings, ISchedule schedule,
    IReadOnlyList<ITrainingObserver> observers, StageTimes? stages = null) : ITrainer
{
    private readonly Stopwatch watch = new();
    private readonly TrainingPlan plan = new(settings, schedule, task.BatchesIn);
    private readonly TrainingStep step = new(task, parameters, settings, settings.Defers(parameters[0].Parameter.device), stages);
    private readonly StepReadings readings = new();
    private long savedStep;

    public StopReason Run(TrainingState state, CancellationToken cancel)
    {
        using var unread = readings;
        var progress = state.Progress;
        task.Model.train();
        watch.Start();
        var savesFirst = progress.Step == 0 && plan.NonFinite.GoesBack; // so that there is something to go back to
        savedStep = savesFirst ? -1 : progress.Step;
        Tell(new TrainingStarted(progress.Step, plan.StepsTotal, settings.Training.Epochs, task.BatchesIn(progress.Epoch), task.Unit));

        RequireMetric(cancel);
        if (savesFirst) Save(state);

        // a run that was interrupted while it evaluated does first what was still due at its last step
        var isDone = (progress.Step == 0 || DoWhatIsDue(state, cancel)) && Train(state, cancel);
        if (!isDone) return Stop(state, StopReason.Interrupted);
        return Stop(state, progress.Step < plan.StepsTotal ? StopReason.EarlyStopping : StopReason.Finished);
    }

    /// <summary>Trains to the end. False where it was interrupted.</summary>
    private bool Train(TrainingState state, CancellationToken cancel)
    {
        var progress = state.Progress;
        using var batches = new TrainingBatches(task, progress, plan.StepsTotal - progress.Step);
        while (!plan.IsOver(progress))
        {
            if (cancel.IsCancellationRequested) return false;
            Step(state, batches);
            if (!DoWhatIsDue(state, cancel)) return false;
        }
        return true;
    }

    private void Step(TrainingState state, TrainingBatches batches)
    {
        stages?.Start();
        var start = watch.Elapsed;
        var batch = batches.Next();
        var waitSeconds = (watch.Elapsed - start).TotalSeconds;
        stages?.Mark(Stage.Data);
        var progress = state.Progress;
        var learningRate = plan.LearningRate(progress) * batch.LearningRateFactor;
        var numbers = step.Take(state, batch, learningRate);
        progress.Step++;
        progress.BatchInEpoch++;
        var seconds = (watch.Elapsed - start).TotalSeconds;
        var done = new StepDone(
            progress.Step, progress.Epoch, numbers.Loss, numbers.Norm, numbers.ClippedNorm, learningRate, batch.TargetCount, seconds, waitSeconds);
        if (numbers.Unread is { } unread) readings.Add(done, unread);
        else Remember(state, done);
    }

    /// <summary>Metrics, evaluation and checkpoint, as far as they are due after this step. False where it was interrupted.</summary>
    private bool DoWhatIsDue(TrainingState state, CancellationToken cancel)
    {
        var progress = state.Progress;
        if (plan.MetricsAreDue(progress, progress.SinceLogged.Steps + readings.Count)) TellTrainingMetrics(state);
        if (plan.EvaluationIsDue(progress) && !Validate(state, cancel)) return false;
        var checkpointIsDue = plan.CheckpointIsDue(progress) || progress.IsBest();
        if (plan.PassIsOver(progress)) state.StartNextPass();
        if (checkpointIsDue) Save(state);
        return true;
    }

    private void TellTrainingMetrics(TrainingState state)
    {
        CatchUp(state);
        var progress = state.Progress;
        Tell(new MetricsMeasured(progress.Step, progress.Epoch, Split.Train,
            [.. progress.SinceLogged.Values(task), .. progress.LossScale?.Values() ?? [], .. plan.NonFinite.Values(progress)]));
        progress.SinceLogged = new TrainingTotals();
    }

    /// <summary>Evaluates the validation data, if there is any and it was not done at this step. False where it was interrupted.</summary>
    private bool Validate(TrainingState state, CancellationToken cancel)
    {
        var progress = state.Progress;
        if (progress.EvaluatedStep == progress.Step || task.EvaluationBatches(Split.Validation) == 0) return true;
        CatchUp(state);
        var start = watch.Elapsed;
        if (state.WithAverage(() => Evaluator.Run(task, Split.Validation, cancel)) is not { } values) return false;
        var (loss, isOfAverage) = (values[0].Value, state.IsAveraged);
        if (!double.IsFinite(loss)) throw new TrainingDivergedException(progress.Step, FormattableString.Invariant($"the validation loss is {loss}"));
        plan.Remember(progress, values);
        savedStep = -1; // a checkpoint of this step, if there is one, does not know the loss
        Tell(new MetricsMeasured(progress.Step, progress.Epoch, Split.Validation, values));
        Tell(new ValidationDone(progress.Step, progress.Epoch, values, progress.IsBest(), (watch.Elapsed - start).TotalSeconds, isOfAverage));
        return true;
    }

    /// <summary>A metric that the task does not measure is found before the first step, by an evaluation of one batch.</summary>
    private void RequireMetric(CancellationToken cancel)
    {
        if (settings.JudgedBy == MetricTable.Loss.Name || task.EvaluationBatches(Split.Validation) == 0) return;
        if (Evaluator.Run(task, Split.Validation, cancel, mostBatches: 1) is { } values) plan.CriterionOf(values);
    }

    private StopReason Stop(TrainingState state, StopReason reason)
    {
        Save(state);
        Tell(new TrainingStopped(reason, state.Progress));
        return reason;
    }

    private void Save(TrainingState state)
    {
        if (savedStep == state.Progress.Step) return;
        CatchUp(state);
        if (state.NotFinite() is { } name) throw new TrainingDivergedException(state.Progress.Step, $"after the update {name} is not finite");
        Tell(new CheckpointDue(state));
        savedStep = state.Progress.Step;
    }

    /// <summary>Reads and tells the steps of which the device still keeps the loss.</summary>
    private void CatchUp(TrainingState state)
    {
        var skips = plan.NonFinite.Skips;
        foreach (var done in readings.Read(skips, skips || state.Precision.LossScale is not null)) Remember(state, done);
        state.ReadLossScale();
    }

    private void Remember(TrainingState state, StepDone done)
    {
        state.Progress.TrainingSeconds += done.Seconds;
        state.Progress.SinceLogged.Add(done);
        Tell(done);
        if (plan.NonFinite.Note(state.Progress, done, state.Precision.LossScale is not null) is { } skipped) Tell(skipped);
    }

    private void Tell(TrainingEvent happened)
    {
        foreach (var observer in observers) observer.On(happened);
    }
}
