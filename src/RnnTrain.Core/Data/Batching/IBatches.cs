namespace RnnTrain.Data.Batching;

/// <summary>The batches of one split.</summary>
public interface IBatches
{
    /// <summary>Batches of a pass, counted from 1; 0 is an evaluation.</summary>
    int CountIn(int epoch);

    /// <summary>Makes a batch: a pure function of its place. Not for two threads at once.</summary>
    /// <param name="epoch">The pass, from 1; 0 for an evaluation.</param>
    /// <param name="index">From 0.</param>
    /// <param name="old">A batch that nobody uses any more; it may become this one.</param>
    Batch Make(int epoch, int index, Batch? old = null);
}
