using RnnTrain.Schedules;

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

    /// <summary>The sum of the token losses since training metrics were last written, in nats.</summary>
    public double LossSum { get; set; }

    /// <summary>Tokens since training metrics were last written.</summary>
    public long Tokens { get; set; }

    /// <summary>The sum of the gradient norms before clipping since training metrics were last written.</summary>
    public double GradientNormSum { get; set; }

    /// <summary>The largest of those norms.</summary>
    public double GradientNormMaximum { get; set; }

    /// <summary>Steps since training metrics were last written.</summary>
    public int StepsSinceLogged { get; set; }

    /// <summary>Time spent in training steps since training metrics were last written.</summary>
    public double SecondsSinceLogged { get; set; }

    /// <summary>The learning rate of the last step.</summary>
    public double LearningRate { get; set; }

    /// <summary>The step of the last evaluation.</summary>
    public long EvaluatedStep { get; set; }

    /// <summary>The loss of the last evaluation on the validation data, nats a token; none before the first.</summary>
    public double? ValidationLoss { get; set; }

    /// <summary>The lowest validation loss so far.</summary>
    public double? BestLoss { get; set; }

    /// <summary>The step at which <see cref="BestLoss"/> was measured.</summary>
    public long? BestStep { get; set; }

    /// <summary>Evaluations in a row that did not improve on the best by what early stopping asks for.</summary>
    public int EvaluationsWithoutImprovement { get; set; }

    /// <summary>The memory of the plateau schedule.</summary>
    public PlateauState Plateau { get; set; } = new();

    /// <summary>Time spent in training steps, over all processes that worked on the run.</summary>
    public double TrainingSeconds { get; set; }
}
