using RnnTrain.Configuration;
using RnnTrain.Data.Batching;
using RnnTrain.Data.Examples;
using RnnTrain.Numerics;

namespace RnnTrain.Tests.Data.Batching;

public sealed class ExampleBatchTests
{
    private static readonly ExampleShape Sequences = new(Vocabulary: 9, Features: 0, TargetKind.Sequence, Outputs: 9) { Characters = 6 };

    [Fact]
    public void What_is_to_be_written_stands_time_by_time_and_each_end_is_a_target_too()
    {
        var batch = Batch(
            Sequences with { Characters = 0 },
            new Example { Length = 2, Tokens = [1, 2], Target = [3, 4, 5] },
            new Example { Length = 1, Tokens = [6], Target = [7] });
        Assert.Equal((3, 2), (batch.Target!.Steps, batch.Target.Count));
        Assert.Equal([3, 1], batch.Target.Lengths);
        Assert.Equal([3, 7, 4, 0, 5, 0], batch.Target.Tokens);
        Assert.Equal(3 + 1 + 2, batch.TargetCount);
        Assert.Equal(3, batch.StepsRead);
        Assert.Empty(batch.Classes);
        Assert.Null(batch.Words);
    }

    [Fact]
    public void Each_different_word_is_spelled_once()
    {
        var batch = Batch(
            new ExampleShape(9, 0, TargetKind.ClassEachStep, 3) { Characters = 6 },
            new Example { Length = 3, Tokens = [1, 2, 1], Classes = [0, 1, 0], Characters = [[1, 2], [3], [1, 2]] },
            new Example { Length = 1, Tokens = [0], Classes = [2], Characters = [[3, 4, 5]] }); // an unknown word has letters nonetheless
        var words = batch.Words!;
        Assert.Equal([0, 1, 2, 0, 0, 0], words.Places); // 0, padding; by time: [0, 1], [2, padding], [0, padding]
        Assert.Equal([2, 3, 1], words.Letters.Lengths);
        Assert.Equal([1, 3, 3, 2, 4, 0, 0, 5, 0], words.Letters.Tokens);
    }

    [Fact]
    public void A_set_of_classes_is_a_row_of_ones_and_zeros()
    {
        var shape = new ExampleShape(9, 0, TargetKind.ClassSetAtEnd, 4);
        Example[] examples = [new() { Length = 1, Tokens = [1], Classes = [0, 3] }, new() { Length = 1, Tokens = [2], Classes = [] }, new() { Length = 1, Tokens = [2], Classes = [2] }];
        var batch = Batch(shape, examples);
        Assert.Equal([1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0], batch.Classes);
        Assert.Equal(3, batch.TargetCount);
        Assert.Equal([0, 0, 0, 0, 0, 0, 1, 0], batch.Part(1, 2).Classes);
        Assert.Equal(2, batch.Part(1, 2).TargetCount);
        Assert.Equal([1, 2], batch.Part(1, 2).Numbers);
    }

    [Fact]
    public void Parts_together_hold_what_the_batch_holds()
    {
        var examples = Random(count: 7, seed: 1);
        var whole = Batch(Sequences, examples);
        var targets = 0;
        foreach (var (first, count) in new[] { (0, 3), (3, 1), (4, 3) })
        {
            var (part, alone) = (whole.Part(first, count), Batch(Sequences, examples[first..(first + count)]));
            targets += part.TargetCount;
            Assert.Equal(whole.Steps, part.Steps);
            Assert.Equal(alone.Lengths, part.Lengths);
            Assert.Equal(alone.Target!.Lengths, part.Target!.Lengths);
            Assert.Equal(Sequence(alone.Target), Sequence(part.Target));
            Assert.Equal(Sequence(alone.Words!.Letters), Sequence(part.Words!.Letters));
            Assert.Equal(alone.Words.Places, part.Words.Places[..alone.Words.Places.Length]); // and then padding of the whole
            Assert.All(part.Words.Places[alone.Words.Places.Length..], place => Assert.Equal(0, place));
        }

        Assert.Equal(whole.TargetCount, targets);
    }

    [Fact]
    public void An_old_batch_holds_nothing_of_before()
    {
        var pool = Enumerable.Range(0, 60).Select(seed => Random(count: 2, seed)).ToList();
        var reused = 0;
        ExampleBatch? old = null;
        foreach (var examples in pool)
        {
            var (batch, fresh) = (Batch(Sequences, old, examples), Batch(Sequences, examples));
            if (ReferenceEquals(batch, old)) reused++;
            Assert.Equal(fresh.Tokens, batch.Tokens);
            Assert.Equal(fresh.Target!.Tokens, batch.Target!.Tokens);
            Assert.Equal(fresh.Target.Lengths, batch.Target.Lengths);
            Assert.Equal(fresh.Words!.Places, batch.Words!.Places);
            Assert.Equal(fresh.Words.Letters.Tokens, batch.Words.Letters.Tokens);
            Assert.Equal(fresh.TargetCount, batch.TargetCount);
            old = batch;
        }

        Assert.InRange(reused, 1, pool.Count - 1);
    }

    private static ExampleBatch Batch(ExampleShape shape, params Example[] examples) => Batch(shape, old: null, examples);

    private static ExampleBatch Batch(ExampleShape shape, ExampleBatch? old, Example[] examples) =>
        new ExampleBatches(new These(examples), shape, new BatchRule { BatchSize = examples.Length }).Batch(1, 0, old);

    private static int[][] Sequence(PaddedTokens tokens) =>
        [.. Enumerable.Range(0, tokens.Count).Select(n => Enumerable.Range(0, (int)tokens.Lengths[n]).Select(time => (int)tokens.Tokens[time * tokens.Count + n]).ToArray())];

    private static Example[] Random(int count, int seed)
    {
        var random = PortableRandom.For(seed, "examples");
        int[] Draw(int most) => [.. Enumerable.Range(0, 1 + (int)random.NextBelow(most)).Select(_ => (int)random.NextBelow(5))];
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var tokens = Draw(4);
            return new Example { Length = tokens.Length, Tokens = tokens, Target = Draw(3), Characters = [.. tokens.Select(_ => Draw(2))] };
        })];
    }

    /// <summary>These examples.</summary>
    private sealed class These(Example[] examples) : IExampleSource
    {
        public int Count => examples.Length;

        public string Description => "these";

        public Example Make(int epoch, int index) => examples[index];
    }
}
