using RnnTrain.Data.Examples;
using RnnTrain.Numerics;

namespace RnnTrain.Data.Batching;

/// <summary>
/// The examples of one split, batch after batch. A batch is a pure function of (seed, epoch, index), so a resumed run reads what an interrupted
/// one would have read. The last batch of a pass holds what is left.
/// </summary>
public sealed class ExampleBatches : IBatches
{
    private readonly IExampleSource source;
    private readonly ExampleShape shape;
    private readonly int batchSize;
    private readonly long? shuffleSeed;
    private (int Epoch, int[] Order)? shuffled;

    /// <param name="source">The examples.</param>
    /// <param name="shape">What they have in common.</param>
    /// <param name="batchSize">Examples a batch.</param>
    /// <param name="shuffleSeed">The seed of their order, which is another one each epoch; null to read them as they come.</param>
    public ExampleBatches(IExampleSource source, ExampleShape shape, int batchSize, long? shuffleSeed = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        this.source = source;
        this.shape = shape;
        this.batchSize = Math.Min(batchSize, source.Count);
        this.shuffleSeed = shuffleSeed;
        Count = (source.Count - 1) / this.batchSize + 1;
    }

    /// <summary>Batches of one pass.</summary>
    public int Count { get; }

    public int CountIn(int epoch) => Count;

    public Batch Make(int epoch, int index, Batch? old = null) => Batch(epoch, index, (ExampleBatch?)old);

    /// <summary>Batch <paramref name="index"/> of a pass. Not for two threads at once.</summary>
    /// <param name="epoch">The pass, from 1; 0 for an evaluation.</param>
    /// <param name="index">From 0 to <see cref="Count"/> − 1.</param>
    /// <param name="old">A batch that nobody uses any more: where it has the right size, it becomes this one.</param>
    public ExampleBatch Batch(int epoch, int index, ExampleBatch? old = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        var first = index * batchSize;
        var examples = new Example[Math.Min(batchSize, source.Count - first)];
        var steps = 0;
        for (var i = 0; i < examples.Length; i++)
        {
            examples[i] = source.Make(epoch, Place(epoch, first + i));
            steps = Math.Max(steps, examples[i].Length);
        }

        var fits = old is not null && old.Steps == steps && old.BatchSize == examples.Length && old.Shape == shape;
        var batch = fits ? old! : new ExampleBatch(steps, examples.Length, shape);
        batch.Fill(index, examples);
        return batch;
    }

    private int Place(int epoch, int index)
    {
        if (shuffleSeed is not { } seed) return index;
        if (shuffled is not { } known || known.Epoch != epoch)
            shuffled = known = (epoch, PortableRandom.For(seed, "shuffle", epoch).Permutation(source.Count));
        return known.Order[index];
    }
}
