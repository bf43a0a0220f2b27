namespace RnnTrain.Data.Batching;

/// <summary>Examples that are computed side by side, as managed arrays: batches are made on another thread, and tensors stay on the one that trains.</summary>
public abstract class Batch
{
    /// <summary>Examples, or lanes of one long text.</summary>
    public abstract int BatchSize { get; }

    /// <summary>Time steps that are read, padding not among them.</summary>
    public abstract long StepsRead { get; }

    /// <summary>How many targets are to be scored.</summary>
    public int TargetCount { get; internal set; }

    /// <summary>
    /// What the learning rate of a step on it is multiplied by: with windows of random length their length over the usual one, since a
    /// short window says less; 1 otherwise.
    /// </summary>
    public double LearningRateFactor { get; internal set; } = 1;

    /// <summary>Some of its examples, as a batch of their own.</summary>
    /// <param name="first">The first example, from 0.</param>
    /// <param name="count">How many, at least 1.</param>
    public abstract Batch Part(int first, int count);
}
