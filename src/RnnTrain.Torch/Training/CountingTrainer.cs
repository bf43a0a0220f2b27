using System.Diagnostics;
using RnnTrain.Data;
using RnnTrain.Metrics;
using RnnTrain.Tasks;

namespace RnnTrain.Training;

/// <summary>
/// The training of a model that counts: one step, which is one pass over the training data, then an evaluation. It tells what the training
/// loop of a network tells; a gradient norm and a learning rate there are not.
/// </summary>
public sealed class CountingTrainer(NGramTask task, IReadOnlyList<ITrainingObserver> observers) : ITrainer
{
    public StopReason Run(TrainingState state, CancellationToken cancel)
    {
        var progress = state.Progress;
        Tell(new TrainingStarted(progress.Step, StepsTotal: 1, Epochs: 1, BatchesPerEpoch: 1, task.Unit));
        var reason = StopReason.Finished;
        if (progress.EvaluatedStep == 0)
        {
            if (progress.Step == 0) Count(state);
            if (!Validate(progress, cancel)) reason = StopReason.Interrupted;
            Tell(new CheckpointDue(state));
        }

        Tell(new TrainingStopped(reason, progress));
        return reason;
    }

    private void Count(TrainingState state)
    {
        var watch = Stopwatch.StartNew();
        var (meanLoss, tokens) = task.Count();
        var seconds = watch.Elapsed.TotalSeconds;
        var progress = state.Progress;
        progress.Step = 1;
        progress.TrainingSeconds += seconds;
        Tell(new StepDone(progress.Step, progress.Epoch, meanLoss, GradientNorm: double.NaN, ClippedNorm: double.NaN, LearningRate: double.NaN, tokens, seconds, DataWaitSeconds: 0));
        Tell(new MetricsMeasured(progress.Step, progress.Epoch, Split.Train, [.. task.LossMetrics(meanLoss), new MetricValue("tokens_per_second", tokens / seconds)]));
    }

    /// <summary>False where it was interrupted.</summary>
    private bool Validate(TrainingProgress progress, CancellationToken cancel)
    {
        if (task.EvaluationBatches(Split.Validation) == 0) return true;
        var watch = Stopwatch.StartNew();
        if (Evaluator.Run(task, Split.Validation, cancel) is not { } values) return false;
        progress.Remember(values[0].Value, neededImprovement: 0);
        Tell(new MetricsMeasured(progress.Step, progress.Epoch, Split.Validation, values));
        Tell(new ValidationDone(progress.Step, progress.Epoch, values, progress.IsBest(), watch.Elapsed.TotalSeconds));
        return true;
    }

    private void Tell(TrainingEvent happened)
    {
        foreach (var observer in observers) observer.On(happened);
    }
}
