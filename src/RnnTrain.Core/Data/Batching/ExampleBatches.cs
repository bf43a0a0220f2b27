using RnnTrain.Data.Examples;

namespace RnnTrain.Data.Batching;

/// <summary>
/// The examples of one split, batch after batch. A batch is a pure function of (seed, epoch, index), so a resumed run reads what an interrupted
/// one would have read; every example comes once a pass.
/// </summary>
public sealed class ExampleBatches : IBatches
{
    private readonly object gate = new();
    private readonly IExampleSource source;
    private readonly ExampleShape shape;
    private readonly BatchRule rule;
    private readonly Dictionary<int, int> counts = []; // of a pass, where it depends on the lengths of its examples
    private (int Epoch, BatchPlan Plan)? planned; // one only: it takes memory for every example

    /// <param name="source">The examples.</param>
    /// <param name="shape">What they have in common.</param>
    /// <param name="rule">How they are put in batches; it limits examples or tokens.</param>
    public ExampleBatches(IExampleSource source, ExampleShape shape, BatchRule rule)
    {
        if (rule.BatchSize is null && rule.BatchTokens is null) throw new ArgumentException("neither examples nor tokens of a batch are limited", nameof(rule));
        if (rule.BatchSize is { } batchSize) ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1, nameof(rule));
        (this.source, this.shape, this.rule) = (source, shape, rule);
    }

    public int CountIn(int epoch)
    {
        if (rule is { BatchTokens: null, BatchSize: { } batchSize }) return (source.Count - 1) / batchSize + 1;
        lock (gate) // batches are made on another thread
        {
            return counts.TryGetValue(epoch, out var known) ? known : counts[epoch] = PlanOf(epoch).Count;
        }
    }

    public Batch Make(int epoch, int index, Batch? old = null) => Batch(epoch, index, (ExampleBatch?)old);

    /// <summary>Batch <paramref name="index"/> of a pass. Not for two threads at once.</summary>
    /// <param name="epoch">The pass, from 1; 0 for an evaluation.</param>
    /// <param name="index">From 0 to <see cref="CountIn"/> − 1.</param>
    /// <param name="old">A batch that nobody uses any more: where it has the right size, it becomes this one.</param>
    public ExampleBatch Batch(int epoch, int index, ExampleBatch? old = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, CountIn(epoch));
        var numbers = PlanOf(epoch)[index];
        var examples = new Example[numbers.Length];
        var steps = 0;
        for (var place = 0; place < examples.Length; place++)
        {
            examples[place] = source.Make(epoch, numbers[place]);
            steps = Math.Max(steps, examples[place].Length);
        }

        var fits = old is not null && old.Steps == steps && old.BatchSize == examples.Length && old.Shape == shape;
        var batch = fits ? old! : new ExampleBatch(steps, examples.Length, shape);
        batch.Fill(index, numbers, examples);
        return batch;
    }

    private BatchPlan PlanOf(int epoch)
    {
        lock (gate)
        {
            if (planned is { } known && known.Epoch == epoch) return known.Plan;
            planned = null; // before the next one takes as much
            var plan = new BatchPlan(source, rule, epoch);
            planned = (epoch, plan);
            return plan;
        }
    }
}
