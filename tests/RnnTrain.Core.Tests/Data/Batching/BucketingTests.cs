using RnnTrain.Configuration;
using RnnTrain.Data.Batching;
using RnnTrain.Data.Examples;
using RnnTrain.Numerics;

namespace RnnTrain.Tests.Data.Batching;

public sealed class BucketingTests
{
    private const int Examples = 5000;
    private static readonly ExampleShape Pairs = new(Vocabulary: 100, Features: 0, TargetKind.Sequence, Outputs: 100);

    public static TheoryData<int?, int?, int> Rules => new()
    {
        { 32, null, 0 },
        { 32, null, 10 },
        { null, 900, 0 },
        { null, 900, 10 },
        { 12, 900, 10 },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void Every_example_comes_once_a_pass_in_batches_that_are_a_function_of_seed_epoch_and_index(int? batchSize, int? batchTokens, int bucketing)
    {
        var source = new Lines(Examples);
        ExampleBatches Shuffled(long seed) =>
            new(source, Pairs, new BatchRule { BatchSize = batchSize, BatchTokens = batchTokens, Bucketing = bucketing, ShuffleSeed = seed });
        var (batches, again, other) = (Shuffled(1), Shuffled(1), Shuffled(2));
        var first = Numbers(batches, epoch: 1);
        Assert.Equal(Enumerable.Range(0, Examples), first.SelectMany(numbers => numbers).Order());
        Assert.NotEqual(first, Numbers(batches, epoch: 2));
        Assert.NotEqual(first, Numbers(other, epoch: 1));
        Assert.Equal(Enumerable.Range(0, Examples), Numbers(batches, epoch: 7).SelectMany(numbers => numbers).Order());

        // whatever was asked for before, and in whichever order
        for (var index = again.CountIn(1) - 1; index >= 0; index -= 13)
        {
            again.Batch(2, index % again.CountIn(2));
            var batch = again.Batch(1, index);
            Assert.Equal(first[index], batch.Numbers);
            Assert.Equal(first[index].Select(number => (long)source.LengthOf(1, number).Read), batch.Lengths);
            Assert.Equal(first[index].Select(number => (long)source.LengthOf(1, number).Written), batch.Target!.Lengths);
        }
    }

    [Theory]
    [InlineData(200, 0)]
    [InlineData(200, 10)]
    [InlineData(1500, 10)]
    public void The_budget_of_tokens_is_kept_but_for_a_single_longer_example_and_batches_are_full(int budget, int bucketing)
    {
        var batches = new ExampleBatches(new Lines(Examples), Pairs, new BatchRule { BatchTokens = budget, Bucketing = bucketing, ShuffleSeed = 5 });
        var (tokens, alone) = (new List<int>(), 0);
        for (var index = 0; index < batches.CountIn(1); index++)
        {
            var batch = batches.Batch(1, index);
            var padded = batch.BatchSize * (batch.Steps + batch.Target!.Steps);
            if (padded > budget)
            {
                Assert.Equal(1, batch.BatchSize);
                alone++;
            }

            tokens.Add(padded);
        }

        Assert.Equal(budget == 200, alone > 0); // the longest example has more than 200
        Assert.True(budget == 200 || tokens.Average() > 0.9 * budget, $"on the average {tokens.Average():F0} of {budget}");
    }

    [Fact]
    public void Batches_are_cut_where_one_more_example_would_not_fit()
    {
        var batches = new ExampleBatches(new Lines(Examples), Pairs, new BatchRule { BatchTokens = 400, BatchSize = 9 });
        var source = new Lines(Examples);
        var expected = new List<List<int>> { new() };
        for (var number = 0; number < Examples; number++)
        {
            var wider = expected[^1].Append(number).Select(n => source.LengthOf(0, n)).ToList();
            var padded = wider.Count * (wider.Max(length => length.Read) + wider.Max(length => length.Written));
            if (expected[^1].Count > 0 && (padded > 400 || wider.Count > 9)) expected.Add([]);
            expected[^1].Add(number);
        }

        Assert.Equal(expected.Select(numbers => numbers.ToArray()), Numbers(batches, epoch: 0));
    }

    [Fact]
    public void Bucketing_leaves_little_padding_and_the_number_of_batches_as_it_was()
    {
        var source = new Lines(Examples);
        ExampleBatches Of(int bucketing) => new(source, Pairs, new BatchRule { BatchSize = 32, Bucketing = bucketing, ShuffleSeed = 1 });
        Assert.Equal(Of(0).CountIn(1), Of(50).CountIn(1));
        var (mixed, alike) = (Padding(Of(0)), Padding(Of(50)));
        Assert.InRange(mixed, 0.5, 0.9);
        Assert.InRange(alike, 0, 0.08);
    }

    [Fact]
    public void Batches_of_short_and_long_examples_come_mixed_and_examples_change_company_each_pass()
    {
        var batches = new ExampleBatches(new Lines(Examples), Pairs, new BatchRule { BatchSize = 32, Bucketing = 50, ShuffleSeed = 1 });
        var steps = Enumerable.Range(0, batches.CountIn(1)).Select(index => batches.Batch(1, index).Steps).ToList();
        Assert.InRange(steps.Take(40).Average() / steps.Average(), 0.75, 1.25);
        var company = Numbers(batches, epoch: 1).Single(numbers => numbers.Contains(17));
        var next = Numbers(batches, epoch: 2).Single(numbers => numbers.Contains(17));
        Assert.True(company.Intersect(next).Count() < 20);
    }

    [Fact]
    public void An_evaluation_is_sorted_too_and_reads_everything_once()
    {
        var data = new ExampleData(Pairs, new Dictionary<RnnTrain.Data.Split, IExampleSource> { [RnnTrain.Data.Split.Test] = new Lines(Examples) }, [], []);
        var batches = (ExampleBatches)BatchingTable.Batching.Create(
            new ExampleOptions { BatchSize = 32, Bucketing = 200 }, new BatchingArguments(data, RnnTrain.Data.Split.Test, IsTraining: false, Seed: 1, BatchSize: 50));
        var steps = Enumerable.Range(0, batches.CountIn(0)).Select(index => batches.Batch(0, index)).ToList();
        Assert.Equal(100, steps.Count);
        Assert.Equal(steps.Select(batch => batch.Steps).Order(), steps.Select(batch => batch.Steps));
        Assert.Equal(Enumerable.Range(0, Examples), steps.SelectMany(batch => batch.Numbers).Order());
    }

    [Fact]
    public void A_batch_needs_some_size() =>
        Assert.Contains(
            "data.batching: nothing says how large a batch is; write batch_size: 32, or batch_tokens: 4096, or both",
            new ExampleOptions { Bucketing = 10 }.Check(new DataOptions { Format = new RnnTrain.Data.Formats.PlainTextOptions(), Batching = new ExampleOptions() })
                .Select(mistake => $"{mistake.Path}: {mistake.What}"));

    private static List<int[]> Numbers(ExampleBatches batches, int epoch) =>
        [.. Enumerable.Range(0, batches.CountIn(epoch)).Select(index => batches.Batch(epoch, index).Numbers)];

    /// <summary>The share of places that nothing stands at.</summary>
    private static double Padding(ExampleBatches batches)
    {
        var (places, used) = (0L, 0L);
        for (var index = 0; index < batches.CountIn(1); index++)
        {
            var batch = batches.Batch(1, index);
            places += batch.Tokens.Length;
            used += batch.StepsRead;
        }

        return 1 - (double)used / places;
    }

    /// <summary>Pairs of sequences of 1 to 250 tokens, most of them short.</summary>
    private sealed class Lines(int count) : IExampleSource
    {
        public int Count => count;

        public string Description => "lines";

        public Example Make(int epoch, int index)
        {
            var random = PortableRandom.For(1, "lines", 0, index);
            var read = 1 + (int)(250 * Math.Pow(random.NextDouble(), 4));
            var written = Math.Max(1, read + (int)random.NextBelow(5) - 2);
            return new Example
            {
                Length = read,
                Tokens = [.. Enumerable.Range(0, read).Select(_ => (int)random.NextBelow(100))],
                Target = [.. Enumerable.Range(0, written).Select(_ => (int)random.NextBelow(98))],
            };
        }

        public ExampleLength LengthOf(int epoch, int index)
        {
            var example = Make(epoch, index);
            return new ExampleLength(example.Length, example.Target.Length);
        }
    }
}
