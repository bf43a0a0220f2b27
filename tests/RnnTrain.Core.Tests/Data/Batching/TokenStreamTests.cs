using RnnTrain.Data;
using RnnTrain.Data.Batching;
using RnnTrain.Data.Encoding;

namespace RnnTrain.Tests.Data.Batching;

public sealed class TokenStreamTests
{
    public static TheoryData<int, int, int> Sizes()
    {
        var sizes = new TheoryData<int, int, int>();
        foreach (var tokens in new[] { 2, 3, 7, 40, 101 })
        {
            foreach (var batch in new[] { 1, 2, 3, 8, 39 })
            {
                foreach (var steps in new[] { 1, 4, 5, int.MaxValue }) sizes.Add(tokens, batch, steps);
            }
        }

        return sizes;
    }

    // A batch larger than the text allows is refused, which another test holds.
    public static TheoryData<int, int, int> TrainingSizes() =>
        [.. Sizes().Select(row => row.Data).Where(size => size.Item1 > size.Item2)];

    private static TokenSequence Text(int tokens) => new(Split.Validation, TokenIds.Of([.. Enumerable.Range(1000, tokens)]), UnknownTokens: 0);

    /// <summary>Inputs and targets of one lane over all windows.</summary>
    private static (List<long> Inputs, List<long> Targets) Lane(TokenStream stream, int lane)
    {
        var (inputs, targets) = (new List<long>(), new List<long>());
        for (var window = 0; window < stream.Windows; window++)
        {
            var batch = stream.Batch(window);
            for (var time = 0; time < batch.Steps; time++)
            {
                inputs.Add(batch.Inputs[time * batch.BatchSize + lane]);
                targets.Add(batch.Targets[time * batch.BatchSize + lane]);
            }
        }

        return (inputs, targets);
    }

    [Fact]
    public void Windows_of_random_length_read_every_lane_once_and_are_others_in_another_pass()
    {
        var stream = Random();
        List<int[]> passes = [];
        foreach (var epoch in new[] { 1, 2, 3, 1 }) // the first once more, when it has been forgotten
        {
            List<long> read = [];
            List<int> lengths = [];
            for (var window = 0; window < stream.WindowsIn(epoch); window++)
            {
                var batch = stream.Batch(window, null, epoch);
                Assert.Equal((read.Count, batch.Steps / 35.0), (batch.Start, batch.LearningRateFactor));
                for (var time = 0; time < batch.Steps; time++) read.Add(batch.Inputs[time * batch.BatchSize + 1]);
                lengths.Add(batch.Steps);
            }

            Assert.Equal(Enumerable.Range(1000 + (int)stream.LaneLength, (int)stream.LaneLength).Select(id => (long)id), read);
            Assert.All(lengths.SkipLast(1), length => Assert.InRange(length, 5, 100));
            passes.Add([.. lengths]);
        }

        Assert.NotEqual(passes[0], passes[1]);
        Assert.Equal(passes[0], passes[3]);
        Assert.Equal(passes[1], Enumerable.Range(0, stream.WindowsIn(2)).Select(window => Random().Batch(window, null, 2).Steps));

        static TokenStream Random() => new(Text(40_001), batchSize: 2, steps: 35, scoreEveryToken: false, new RandomStepsOptions(), seed: 3);
    }

    /// <summary>A mixture of N(base, 5) with 0.95 and N(base / 2, 5): its mean and the share of the short ones.</summary>
    [Fact]
    public void Random_lengths_have_the_published_distribution()
    {
        var stream = new TokenStream(Text(2_000_001), 1, 70, scoreEveryToken: false, new RandomStepsOptions(), seed: 3);
        var lengths = Enumerable.Range(0, stream.Windows - 1).Select(window => stream.Batch(window).Steps).ToList();
        Assert.Equal(0.95 * 70 + 0.05 * 35 - 0.5, lengths.Average(), 0.5); // rounded down
        Assert.Equal(0.05, lengths.Count(length => length < 52) / (double)lengths.Count, 0.01);
        var full = lengths.Where(length => length > 52).ToList();
        Assert.Equal(5, Math.Sqrt(full.Average(length => Math.Pow(length - full.Average(), 2))), 0.3);
    }

    [Fact]
    public void Where_every_token_is_scored_windows_have_one_length()
    {
        var stream = new TokenStream(Text(400), 2, 35, scoreEveryToken: true, new RandomStepsOptions(), seed: 3);
        Assert.Equal(Enumerable.Repeat((35, 1.0), 5), Enumerable.Range(0, 5).Select(window => (stream.Batch(window).Steps, stream.Batch(window).LearningRateFactor)));
    }

    [Fact]
    public void A_batch_is_time_major()
    {
        var batch = new TokenStream(Text(13), batchSize: 3, steps: 3, scoreEveryToken: false).Batch(0);
        Assert.Equal([1000, 1004, 1008, 1001, 1005, 1009, 1002, 1006, 1010], batch.Inputs);
        Assert.Equal([1001, 1005, 1009, 1002, 1006, 1010, 1003, 1007, 1011], batch.Targets);
        Assert.Equal((0, 3, 3, 9), (batch.Index, batch.Steps, batch.BatchSize, batch.TargetCount));
    }

    [Fact]
    public void An_old_batch_of_the_right_size_becomes_the_new_one()
    {
        var stream = new TokenStream(Text(14), batchSize: 3, steps: 2, scoreEveryToken: true); // lanes of 5, the last one short
        TokenBatch? old = null;
        for (var window = 0; window < stream.Windows; window++)
        {
            var (batch, expected) = (stream.Batch(window, old), stream.Batch(window));
            if (window == 1) Assert.Same(old, batch);
            if (window == 2) Assert.NotSame(old, batch);
            Assert.Equal(expected.Inputs, batch.Inputs);
            Assert.Equal(expected.Targets, batch.Targets);
            Assert.Equal((window, expected.TargetCount), (batch.Index, batch.TargetCount));
            old = batch;
        }
    }

    [Fact]
    public void The_shorter_last_window_is_kept()
    {
        var stream = new TokenStream(Text(13), batchSize: 3, steps: 3, scoreEveryToken: false);
        Assert.Equal(2, stream.Windows);
        var last = stream.Batch(1);
        Assert.Equal([1003, 1007, 1011], last.Inputs);
        Assert.Equal([1004, 1008, 1012], last.Targets);
        Assert.Equal((1, 3), (last.Steps, last.TargetCount));
    }

    [Theory]
    [MemberData(nameof(TrainingSizes))]
    public void The_windows_of_a_training_lane_put_together_are_the_text(int tokens, int batchSize, int steps)
    {
        var text = Text(tokens);
        var stream = new TokenStream(text, batchSize, steps, scoreEveryToken: false);
        var length = (tokens - 1) / batchSize;
        for (var lane = 0; lane < batchSize; lane++)
        {
            var (inputs, targets) = Lane(stream, lane);
            Assert.Equal(text.Ids.Skip(lane * length).Take(length).Select(id => (long)id), inputs);
            Assert.Equal(text.Ids.Skip(lane * length + 1).Take(length).Select(id => (long)id), targets);
        }

        Assert.Equal(length * batchSize, stream.Targets);
        Assert.Equal(stream.Targets, Enumerable.Range(0, stream.Windows).Sum(window => stream.Batch(window).TargetCount));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Evaluation_scores_every_token_after_the_first_exactly_once(int tokens, int batchSize, int steps)
    {
        var text = Text(tokens);
        var stream = new TokenStream(text, batchSize, steps, scoreEveryToken: true);
        Assert.Equal(Math.Min(batchSize, tokens - 1), stream.BatchSize);
        var scored = new List<long>();
        for (var lane = 0; lane < stream.BatchSize; lane++)
        {
            var (inputs, targets) = Lane(stream, lane);
            foreach (var (input, target) in inputs.Zip(targets).Where(pair => pair.Second != TokenBatch.Ignored))
            {
                Assert.Equal(input + 1, target); // the text counts upwards, so a target follows its input
                scored.Add(target);
            }
        }

        Assert.Equal(text.Ids.Skip(1).Select(id => (long)id), scored);
        Assert.Equal(tokens - 1, stream.Targets);
        Assert.Equal(tokens - 1, Enumerable.Range(0, stream.Windows).Sum(window => stream.Batch(window).TargetCount));
    }

    [Fact]
    public void Where_the_text_is_over_a_lane_reads_tokens_of_the_vocabulary_and_scores_none()
    {
        var batch = new TokenStream(Text(4), batchSize: 2, steps: 5, scoreEveryToken: true).Batch(0);
        Assert.Equal([1000, 1002, 1001, 1000], batch.Inputs);
        Assert.Equal([1001, 1003, 1002, TokenBatch.Ignored], batch.Targets);
    }

    [Fact]
    public void A_batch_is_a_pure_function_of_its_index()
    {
        var stream = new TokenStream(Text(101), batchSize: 4, steps: 5, scoreEveryToken: false);
        var once = Enumerable.Range(0, stream.Windows).Select(window => stream.Batch(window)).ToList();
        foreach (var window in Enumerable.Range(0, stream.Windows).Reverse())
        {
            Assert.Equal(once[window].Inputs, stream.Batch(window).Inputs);
            Assert.Equal(once[window].Targets, stream.Batch(window).Targets);
        }
    }

    [Fact]
    public void A_batch_larger_than_the_text_allows_is_a_mistake_that_says_the_largest()
    {
        _ = new TokenStream(Text(40), batchSize: 39, steps: 5, scoreEveryToken: false);
        Assert.Equal(
            "data.batching.batch_size: 40 lanes are more than the 40 tokens of data.validation allow; at most 39",
            TextFolder.MistakeOf(() => _ = new TokenStream(Text(40), batchSize: 40, steps: 5, scoreEveryToken: false)));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void An_index_outside_the_pass_is_refused(int index) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenStream(Text(13), batchSize: 3, steps: 3, scoreEveryToken: false).Batch(index));

    [Fact]
    public void The_table_makes_streams_and_evaluation_may_have_lanes_of_its_own()
    {
        var options = new StreamOptions { BatchSize = 3, Steps = 3 };
        var text = Text(13);
        var corpus = new TextCorpus(new ByteTokenizer(), new Vocabulary([], [], null), [text], []);
        var training = (TokenStream)BatchingTable.Batching.Create(options, new BatchingArguments(corpus, text.Split, IsTraining: true, Seed: 1));
        var evaluation = (TokenStream)BatchingTable.Batching.Create(options, new BatchingArguments(corpus, text.Split, IsTraining: false, Seed: 1, BatchSize: 5));
        Assert.Equal((3, 3, 12L), (training.BatchSize, training.Steps, training.Targets));
        Assert.Equal((5, 3, 12L), (evaluation.BatchSize, evaluation.Steps, evaluation.Targets));
    }
}
