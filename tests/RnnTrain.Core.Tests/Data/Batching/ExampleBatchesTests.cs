using RnnTrain.Configuration;
using RnnTrain.Data.Batching;
using RnnTrain.Data.Examples;
using RnnTrain.Data.Formats;
using RnnTrain.Data.Problems;

namespace RnnTrain.Tests.Data.Batching;

public sealed class ExampleBatchesTests
{
    private static readonly ExampleShape Labels = new(Vocabulary: 50, Features: 0, TargetKind.ClassEachStep, Outputs: 5);

    [Fact]
    public void Examples_are_padded_on_the_right_and_nothing_of_the_padding_is_scored()
    {
        var batch = new ExampleBatches(new Three(), Labels, new BatchRule { BatchSize = 3 }).Batch(1, 0);
        Assert.Equal((3, 3, 6), (batch.Steps, batch.BatchSize, batch.TargetCount));
        Assert.Equal([1, 2, 3], batch.Lengths);
        Assert.Equal([10, 20, 30, 0, 21, 31, 0, 0, 32], batch.Tokens);
        Assert.Equal([0, 0, 0, -100, 1, 1, -100, -100, 2], batch.Classes);
        Assert.Empty(batch.Features);
        Assert.Empty(batch.Values);
    }

    [Theory]
    [InlineData("parity")]
    [InlineData("adding")]
    [InlineData("delayed_recall")]
    public void A_part_of_a_batch_holds_some_of_its_examples(string problem)
    {
        var data = Read(new SyntheticOptions
        {
            TrainExamples = 6,
            Problem = problem switch
            {
                "parity" => new ParityOptions { Length = new LengthRange(1, 4), Asked = AskedAt.EachStep },
                "adding" => new AddingOptions { Length = new LengthRange(2, 4) },
                _ => new DelayedRecallOptions { Length = new LengthRange(1, 4) },
            },
        });
        var whole = new ExampleBatches(data.Train, data.Shape, new BatchRule { BatchSize = 6 }).Batch(1, 0);
        var (scored, steps) = (0, 0L);
        foreach (var (first, count) in new[] { (0, 1), (1, 3), (4, 2) })
        {
            var part = whole.Part(first, count);
            Assert.Equal((count, whole.Steps), (part.BatchSize, part.Steps));
            Assert.Equal(whole.Lengths[first..(first + count)], part.Lengths);
            Assert.Equal(Columns(whole.Tokens, whole, first, count), part.Tokens);
            Assert.Equal(Columns(whole.Features, whole, first, count), part.Features);
            Assert.Equal(Columns(whole.Classes, whole, first, count), part.Classes);
            Assert.Equal(Columns(whole.Values, whole, first, count), part.Values);
            scored += part.TargetCount;
            steps += part.StepsRead;
        }

        Assert.Equal((whole.TargetCount, whole.StepsRead), (scored, steps));

        // of [rows, batch, numbers], whatever rows and numbers are: an example's numbers lie together, rows · batch of them or batch
        static T[] Columns<T>(T[] values, ExampleBatch batch, int first, int count)
        {
            var rows = values.Length % (batch.Steps * batch.BatchSize) == 0 ? batch.Steps : 1;
            return [.. values.Chunk(Math.Max(1, values.Length / rows / batch.BatchSize)).Where((_, place) => place % batch.BatchSize >= first && place % batch.BatchSize < first + count).SelectMany(numbers => numbers)];
        }
    }

    [Fact]
    public void The_last_batch_holds_what_is_left()
    {
        var batches = new ExampleBatches(new Three(), Labels, new BatchRule { BatchSize = 2 });
        Assert.Equal(2, batches.CountIn(1));
        Assert.Equal((1, 3, 3), (batches.Batch(1, 1).BatchSize, batches.Batch(1, 1).Steps, batches.Batch(1, 1).TargetCount));
        Assert.Throws<ArgumentOutOfRangeException>(() => batches.Batch(1, 2));
    }

    [Fact]
    public void Real_numbers_stand_time_by_time_and_their_targets_example_by_example()
    {
        var data = Read(new SyntheticOptions { Problem = new AddingOptions { Length = new LengthRange(2, 5) }, TrainExamples = 4 });
        var batch = new ExampleBatches(data.Train, data.Shape, new BatchRule { BatchSize = 4 }).Batch(1, 0);
        for (var place = 0; place < 4; place++)
        {
            var example = data.Train.Make(1, place);
            Assert.Equal(example.Length, batch.Lengths[place]);
            Assert.Equal(example.Values[0], batch.Values[place]);
            for (var time = 0; time < batch.Steps; time++)
            {
                var expected = time < example.Length ? example.Features[(2 * time)..(2 * time + 2)] : [0, 0];
                Assert.Equal(expected, batch.Features[((time * 4 + place) * 2)..((time * 4 + place) * 2 + 2)]);
            }
        }

        Assert.Equal(4, batch.TargetCount);
    }

    [Fact]
    public void Shuffled_examples_come_once_a_pass_in_an_order_that_depends_on_seed_and_epoch()
    {
        var (once, again, other) = (Shuffled(1), Shuffled(1), Shuffled(2));
        Assert.Equal(Read(once, 1), Read(again, 1));
        Assert.NotEqual(Read(once, 1), Read(once, 2));
        Assert.NotEqual(Read(once, 1), Read(other, 1));
        Assert.Equal(Enumerable.Range(0, 100).Select(index => (long)index), Read(once, 3).Order());
        Assert.Equal(Read(again, 1), Read(once, 1)); // the order of a pass before can be had again

        static ExampleBatches Shuffled(long seed) => new(new Hundred(), Labels, new BatchRule { BatchSize = 7, ShuffleSeed = seed });
        static long[] Read(ExampleBatches batches, int epoch) =>
            [.. Enumerable.Range(0, batches.CountIn(epoch)).SelectMany(index => batches.Batch(epoch, index).Tokens)];
    }

    [Fact]
    public void An_old_batch_of_the_same_size_becomes_the_new_one_and_holds_nothing_of_before()
    {
        var data = Read(new SyntheticOptions { Problem = new ParityOptions { Length = new LengthRange(1, 3) } });
        var batches = new ExampleBatches(data.Train, data.Shape, new BatchRule { BatchSize = 8 });
        ExampleBatch? old = null;
        var reused = 0;
        for (var index = 0; index < 40; index++)
        {
            var (batch, fresh) = (batches.Batch(1, index, old), batches.Batch(1, index));
            if (ReferenceEquals(batch, old)) reused++;
            Assert.Equal(fresh.Tokens, batch.Tokens);
            Assert.Equal(fresh.Lengths, batch.Lengths);
            Assert.Equal(fresh.Classes, batch.Classes);
            Assert.Equal((index, fresh.TargetCount), (batch.Index, batch.TargetCount));
            old = batch;
        }

        Assert.InRange(reused, 1, 39);
    }

    private static ExampleData Read(SyntheticOptions options) => new SyntheticFormat(options, new FormatContext("", 1)).Read(
        new DataOptions { Format = options, Batching = new ExampleOptions { BatchSize = 1 } });

    /// <summary>Examples of length 1, 2 and 3.</summary>
    private sealed class Three : IExampleSource
    {
        public int Count => 3;

        public string Description => "three";

        public Example Make(int epoch, int index)
        {
            var times = Enumerable.Range(0, index + 1).ToArray();
            return new Example { Length = index + 1, Tokens = [.. times.Select(time => 10 * (index + 1) + time)], Classes = times };
        }
    }

    /// <summary>A hundred examples of one token, their number.</summary>
    private sealed class Hundred : IExampleSource
    {
        public int Count => 100;

        public string Description => "a hundred";

        public Example Make(int epoch, int index) => new() { Length = 1, Tokens = [index], Classes = [0] };
    }
}
