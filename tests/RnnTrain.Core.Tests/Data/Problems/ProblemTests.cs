using RnnTrain.Configuration;
using RnnTrain.Data.Problems;
using RnnTrain.Numerics;

namespace RnnTrain.Tests.Data.Problems;

/// <summary>Each problem asks for what its paper asks for.</summary>
public sealed class ProblemTests
{
    private static readonly LengthRange SomeLength = new(1, 1);

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(200)]
    public void Adding_asks_for_the_sum_of_two_marked_numbers_one_in_each_half(int length)
    {
        var random = new PortableRandom(1);
        for (var i = 0; i < 50; i++)
        {
            var example = new AddingProblem().Draw(random, length);
            var marked = Enumerable.Range(0, length).Where(time => example.Features[2 * time + 1] == 1).ToList();
            Assert.Equal(2, marked.Count);
            Assert.True(marked[0] < length / 2 && marked[1] >= length / 2);
            Assert.Equal(length - 2, Enumerable.Range(0, length).Count(time => example.Features[2 * time + 1] == 0));
            Assert.Equal(example.Features[2 * marked[0]] + example.Features[2 * marked[1]], Assert.Single(example.Values));
        }
    }

    [Fact]
    public void Adding_has_the_baseline_that_it_says()
    {
        var random = new PortableRandom(2);
        var problem = new AddingProblem();
        var error = Enumerable.Range(0, 20_000).Average(_ => Math.Pow(problem.Draw(random, 10).Values[0] - 1, 2));
        Assert.Equal(1 / 6.0, error, 0.005);
        Assert.Contains("0.1667", problem.Baseline(new LengthRange(10, 10)), StringComparison.Ordinal);
    }

    [Fact]
    public void Copy_has_the_form_of_Arjovsky_et_al()
    {
        var problem = new CopyProblem(new CopyOptions { Length = SomeLength });
        var example = problem.Draw(new PortableRandom(3), 100);
        const int blank = 8, cue = 9;
        Assert.Equal(120, example.Length);
        Assert.All(example.Tokens.Take(10), token => Assert.InRange(token, 0, 7));
        Assert.All(example.Tokens.Skip(10).Take(99), token => Assert.Equal(blank, token));
        Assert.Equal(cue, example.Tokens[109]);
        Assert.All(example.Tokens.Skip(110), token => Assert.Equal(blank, token));
        Assert.All(example.Classes.Take(110), target => Assert.Equal(blank, target));
        Assert.Equal(example.Tokens.Take(10), example.Classes.Skip(110));
        Assert.Contains("0.17329", problem.Baseline(new LengthRange(100, 100)), StringComparison.Ordinal); // 10 · ln 8 / 120
    }

    [Fact]
    public void Reversal_asks_for_the_symbols_from_the_last_to_the_first()
    {
        var example = new ReversalProblem(new ReversalOptions { Length = SomeLength, Alphabet = 50 }).Draw(new PortableRandom(4), 9);
        Assert.Equal(9, example.Tokens.Length);
        for (var time = 0; time < 9; time++) Assert.Equal(example.Tokens[time], example.Target[8 - time]);
    }

    [Theory]
    [InlineData(AskedAt.End)]
    [InlineData(AskedAt.EachStep)]
    public void Parity_is_odd_where_the_count_of_ones_is(AskedAt asked)
    {
        var example = new ParityProblem(new ParityOptions { Length = SomeLength, Asked = asked }).Draw(new PortableRandom(4), 30);
        int[] all = [.. Enumerable.Range(1, 30).Select(read => example.Tokens.Take(read).Sum() % 2)];
        Assert.Equal(asked == AskedAt.End ? all[^1..] : all, example.Classes);
    }

    [Fact]
    public void Dyck_asks_for_the_innermost_open_bracket_and_never_nests_deeper_than_allowed()
    {
        var options = new DyckOptions { Length = SomeLength, Kinds = 3, Depth = 4 };
        var example = new DyckProblem(options).Draw(new PortableRandom(5), 500);
        var open = new List<int>();
        var deepest = 0;
        for (var time = 0; time < example.Length; time++)
        {
            var bracket = example.Tokens[time];
            if (bracket < options.Kinds) open.Add(bracket);
            else
            {
                Assert.Equal(open[^1], bracket - options.Kinds);
                open.RemoveAt(open.Count - 1);
            }

            deepest = Math.Max(deepest, open.Count);
            Assert.Equal(open.Count == 0 ? options.Kinds : open[^1], example.Classes[time]);
        }

        Assert.Equal(options.Depth, deepest);
    }

    [Fact]
    public void Delayed_recall_asks_for_the_first_symbol_after_distractors_and_a_cue()
    {
        var options = new DelayedRecallOptions { Length = SomeLength, Alphabet = 4, Distractors = 3 };
        var example = new DelayedRecallProblem(options).Draw(new PortableRandom(6), 20);
        Assert.Equal(22, example.Length);
        Assert.InRange(example.Tokens[0], 0, 3);
        Assert.All(example.Tokens.Skip(1).Take(20), token => Assert.InRange(token, 4, 6));
        Assert.Equal(7, example.Tokens[^1]);
        Assert.Equal([example.Tokens[0]], example.Classes);
    }
}
