namespace RnnTrain.Training.Averaging;

/// <summary>Which weights an average is made of, and how each counts: a pure function of where training stands.</summary>
public interface IAveraging
{
    /// <summary>The step after which averaging begins; null where that is not known yet.</summary>
    long? Start(TrainingProgress progress);

    /// <summary>The share of the newest weights in the average, when it is the n-th of those averaged.</summary>
    /// <param name="n">From 1, where the share is 1.</param>
    double Share(long n);

    /// <summary>What to remember after an evaluation of the validation data.</summary>
    /// <param name="trigger">The memory so far.</param>
    /// <param name="loss">On the validation data.</param>
    /// <param name="step">Steps done.</param>
    AverageTrigger After(AverageTrigger trigger, double loss, long step) => trigger;
}
