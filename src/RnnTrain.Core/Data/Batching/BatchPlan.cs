using RnnTrain.Data.Examples;
using RnnTrain.Numerics;

namespace RnnTrain.Data.Batching;

/// <summary>
/// Which examples make each batch of one pass: a function of (seed, epoch) and the lengths of the examples alone.
/// <code>
/// order     = all examples, shuffled or as they come
/// buckets   = order cut after so many batches' worth of examples or tokens, each sorted by (read, written) length, ties as they stood
/// batches   = buckets cut where one more example would exceed the most examples or tokens
/// a pass    = batches, in random order where examples are shuffled
/// </code>
/// Without bucketing the order itself is cut, and batches come as they stand in it.
/// </summary>
internal sealed class BatchPlan
{
    private readonly int[] order; // examples, batch after batch
    private readonly (int First, int Count)[] batches; // places in the order

    /// <param name="source">The examples.</param>
    /// <param name="rule">How they are put in batches.</param>
    /// <param name="epoch">The pass, from 1; 0 for an evaluation.</param>
    public BatchPlan(IExampleSource source, BatchRule rule, int epoch)
    {
        var random = rule.ShuffleSeed is { } seed ? PortableRandom.For(seed, "shuffle", epoch) : null;
        order = random?.Permutation(source.Count) ?? [.. Enumerable.Range(0, source.Count)];
        ExampleLength LengthAt(int place) => source.LengthOf(epoch, order[place]);
        if (rule.Bucketing > 0) Sort(rule, LengthAt);
        batches = [.. Cut(source.Count, rule, LengthAt)];
        if (rule.Bucketing > 0) random?.Shuffle<(int, int)>(batches);
    }

    /// <summary>Batches of the pass.</summary>
    public int Count => batches.Length;

    /// <summary>The examples of a batch.</summary>
    public ReadOnlySpan<int> this[int index] => order.AsSpan(batches[index].First, batches[index].Count);

    private void Sort(BatchRule rule, Func<int, ExampleLength> lengthAt)
    {
        var mostExamples = (long?)rule.BatchSize * rule.Bucketing ?? long.MaxValue;
        var mostTokens = (long?)rule.BatchTokens * rule.Bucketing ?? long.MaxValue;
        var bucket = new List<(ExampleLength Length, int Place, int Example)>();
        var tokens = 0L;
        for (var place = 0; place < order.Length; place++)
        {
            var length = lengthAt(place);
            bucket.Add((length, place, order[place]));
            tokens += length.Tokens;
            if (bucket.Count < mostExamples && tokens < mostTokens && place < order.Length - 1) continue;
            bucket.Sort(static (one, other) => one.Length.CompareTo(other.Length) is var byLength and not 0 ? byLength : one.Place.CompareTo(other.Place));
            var first = place + 1 - bucket.Count;
            for (var i = 0; i < bucket.Count; i++) order[first + i] = bucket[i].Example;
            bucket.Clear();
            tokens = 0;
        }
    }

    private static IEnumerable<(int First, int Count)> Cut(int examples, BatchRule rule, Func<int, ExampleLength> lengthAt)
    {
        var (first, longest) = (0, default(ExampleLength));
        for (var place = 0; place < examples; place++)
        {
            var widened = rule.BatchTokens is null ? default : longest.Or(lengthAt(place));
            var count = place - first;
            if (count > 0 && (count == rule.BatchSize || widened.Tokens * (count + 1L) > rule.BatchTokens))
            {
                yield return (first, count);
                first = place;
                widened = default(ExampleLength).Or(rule.BatchTokens is null ? default : lengthAt(place));
            }

            longest = widened;
        }

        yield return (first, examples - first);
    }
}
