using RnnTrain.Data;
using RnnTrain.Metrics;

namespace RnnTrain.Training;

/// <summary>What the training loop says while it runs. Observers print it, log it, save it.</summary>
public abstract record TrainingEvent;

/// <summary>Training begins, or goes on from a checkpoint.</summary>
/// <param name="Step">Optimizer steps done before.</param>
/// <param name="StepsTotal">Optimizer steps of the whole run.</param>
/// <param name="BatchesPerEpoch">Those of the pass it begins in.</param>
/// <param name="Unit">What is scored: `token`.</param>
public sealed record TrainingStarted(long Step, long StepsTotal, int Epochs, int BatchesPerEpoch, string Unit) : TrainingEvent;

/// <summary>One optimizer step is done.</summary>
/// <param name="Step">Counted from 1.</param>
/// <param name="MeanLoss">Of this batch, a target.</param>
/// <param name="GradientNorm">Before clipping; not finite where the step was skipped, and then the loss may not be either.</param>
/// <param name="ClippedNorm">After it.</param>
/// <param name="Tokens">Targets in the batch.</param>
/// <param name="Seconds">From one batch to the next, waiting for data included.</param>
/// <param name="DataWaitSeconds">Of these, how long it waited for the batch.</param>
public sealed record StepDone(
    long Step, int Epoch, double MeanLoss, double GradientNorm, double ClippedNorm, double LearningRate, long Tokens, double Seconds,
    double DataWaitSeconds) : TrainingEvent;

/// <summary>A step was left out, since it was not finite and the configuration wishes so.</summary>
/// <param name="Count">How many were, since the run began.</param>
public sealed record StepSkipped(long Step, double MeanLoss, double GradientNorm, long Count) : TrainingEvent;

/// <summary>Metrics of one split at one step, one row of metrics.csv each.</summary>
public sealed record MetricsMeasured(long Step, int Epoch, Split Split, IReadOnlyList<MetricValue> Values) : TrainingEvent;

/// <summary>The validation data was evaluated.</summary>
/// <param name="Values">The loss first, then what people rather read.</param>
/// <param name="IsBest">True where the loss is the lowest so far.</param>
/// <param name="IsOfAverage">True where it is that of averaged weights.</param>
public sealed record ValidationDone(long Step, int Epoch, IReadOnlyList<MetricValue> Values, bool IsBest, double Seconds, bool IsOfAverage = false)
    : TrainingEvent
{
    public double Loss => Values[0].Value;
}

/// <summary>The state should be saved now, before this event's handler returns.</summary>
public sealed record CheckpointDue(TrainingState State) : TrainingEvent;

/// <summary>The loop has ended, its last state saved.</summary>
public sealed record TrainingStopped(StopReason Reason, TrainingProgress Progress) : TrainingEvent;

/// <summary>Why a training run ended.</summary>
public enum StopReason
{
    /// <summary>All epochs, or the maximum of steps, are done.</summary>
    Finished,

    /// <summary>The validation loss has not improved for as long as the configuration allows.</summary>
    EarlyStopping,

    /// <summary>Somebody asked for it: Ctrl-C or SIGTERM.</summary>
    Interrupted,
}

/// <summary>Somebody who wants to know what the training loop does.</summary>
public interface ITrainingObserver
{
    void On(TrainingEvent happened);
}
