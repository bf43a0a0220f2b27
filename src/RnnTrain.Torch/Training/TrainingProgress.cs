using RnnTrain.Metrics;
using RnnTrain.Schedules;
using RnnTrain.Training.Averaging;
using RnnTrain.Training.Precisions;

namespace RnnTrain.Training;

/// <summary>
/// Where a training run stands, as plain numbers: everything that has memory besides the tensors. A checkpoint holds it as JSON, and a
/// run that goes on from it does what an uninterrupted one would have done.
/// </summary>
public sealed record TrainingProgress
{
    /// <summary>Optimizer steps done.</summary>
    public long Step { get; set; }

    /// <summary>The pass over the training data, counted from 1.</summary>
    public int Epoch { get; set; } = 1;

    /// <summary>Batches of this pass that are done.</summary>
    public int BatchInEpoch { get; set; }

    /// <summary>Sums since training metrics were last written.</summary>
    public TrainingTotals SinceLogged { get; set; } = new();

    /// <summary>The step of the last evaluation.</summary>
    public long EvaluatedStep { get; set; }

    /// <summary>The loss of the last evaluation on the validation data, nats a token; none before the first.</summary>
    public double? ValidationLoss { get; set; }

    /// <summary>
    /// What the last evaluation is judged by, the lower the better: a metric of which lower values are better, or minus one of which higher ones
    /// are. Null where that is the loss.
    /// </summary>
    public double? Criterion { get; set; }

    /// <summary>The validation loss of the best evaluation so far.</summary>
    public double? BestLoss { get; set; }

    /// <summary>The <see cref="Criterion"/> of the best evaluation so far; null where that is its loss.</summary>
    public double? BestCriterion { get; set; }

    /// <summary>The step of the best evaluation so far.</summary>
    public long? BestStep { get; set; }

    /// <summary>Evaluations in a row that did not improve on the best by what early stopping asks for.</summary>
    public int EvaluationsWithoutImprovement { get; set; }

    /// <summary>The memory of the plateau schedule.</summary>
    public PlateauState Plateau { get; set; } = new();

    /// <summary>The memory of an average that waits for validation to get worse.</summary>
    public AverageTrigger AverageTrigger { get; set; } = new();

    /// <summary>Steps since the run began that were left out by the configuration's wish, since they were not finite.</summary>
    public long SkippedSteps { get; set; }

    /// <summary>How often the run went back to a checkpoint because it had diverged.</summary>
    public int Rollbacks { get; set; }

    /// <summary>What the learning rate is multiplied by since then.</summary>
    public double RateFactor { get; set; } = 1;

    /// <summary>Where loss scaling stood when it was last read; null without it.</summary>
    public LossScaleState? LossScale { get; set; }

    /// <summary>Time spent in training steps, over all processes that worked on the run.</summary>
    public double TrainingSeconds { get; set; }

    /// <summary>True where the evaluation at this step is the best so far.</summary>
    public bool IsBest() => EvaluatedStep == Step && BestStep == Step;

    /// <summary>Takes note of an evaluation at the current step.</summary>
    /// <param name="loss">On the validation data, nats a token.</param>
    /// <param name="neededImprovement">By how much it must be better than the best to count for early stopping, in the unit of what it is judged by.</param>
    /// <param name="criterion">See <see cref="Criterion"/>; null for the loss.</param>
    public void Remember(double loss, double neededImprovement, double? criterion = null)
    {
        var (judged, best) = (criterion ?? loss, BestCriterion ?? BestLoss);
        var improves = MetricTable.Loss.IsBetter(judged, best, neededImprovement);
        EvaluationsWithoutImprovement = improves ? 0 : EvaluationsWithoutImprovement + 1;
        if (MetricTable.Loss.IsBetter(judged, best)) (BestLoss, BestCriterion, BestStep) = (loss, criterion, Step);
        (ValidationLoss, Criterion, EvaluatedStep) = (loss, criterion, Step);
    }
}
