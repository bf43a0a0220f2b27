using RnnTrain.Configuration;
using RnnTrain.Data;
using RnnTrain.Data.Batching;
using RnnTrain.Data.Examples;
using RnnTrain.Data.Formats;
using RnnTrain.Data.Problems;
using RnnTrain.Tests.Data.Problems;

namespace RnnTrain.Tests.Data.Formats;

public sealed class SyntheticFormatTests
{
    private static readonly SyntheticOptions Options = new()
    {
        Problem = new ParityOptions { Length = new LengthRange(1, 100), TestLength = new LengthRange(400, 400) },
        TrainExamples = 500,
        ValidationExamples = 20,
        TestExamples = 30,
    };

    private static readonly DataOptions Data = new() { Format = Options, Batching = new ExampleOptions { BatchSize = 1 } };

    [Fact]
    public void An_example_is_a_function_of_seed_split_epoch_and_index_and_each_of_them_counts()
    {
        var (data, again, other) = (Read(seed: 1), Read(seed: 1), Read(seed: 2));
        Assert.Equal(Text(data, Split.Train, 1, 0), Text(again, Split.Train, 1, 0));
        string[] different =
        [
            Text(data, Split.Train, 1, 0), Text(other, Split.Train, 1, 0), Text(data, Split.Train, 2, 0), Text(data, Split.Train, 1, 1),
            Text(data, Split.Validation, 1, 0), Text(data, Split.Test, 1, 0),
        ];
        Assert.Equal(different.Length, different.Distinct().Count());
    }

    [Fact]
    public void Every_length_of_the_range_occurs_and_the_test_has_its_own()
    {
        var data = Read(seed: 1);
        var lengths = Enumerable.Range(0, 500).SelectMany(index => new[] { 1, 2, 3 }.Select(epoch => data.Train.Make(epoch, index).Length)).Distinct();
        Assert.Equal(Enumerable.Range(1, 100), lengths.Order());
        Assert.Equal(400, data.Splits[Split.Test].Make(0, 29).Length);
        Assert.True(data.Splits[Split.Validation].Make(0, 0).Length <= 100);
    }

    [Fact]
    public void A_split_without_examples_is_not_there()
    {
        var data = new SyntheticFormat(Options with { TestExamples = 0 }, new FormatContext("", 1)).Read(Data);
        Assert.Equal((true, true, false), (data.Has(Split.Train), data.Has(Split.Validation), data.Has(Split.Test)));
        Assert.Empty(data.Files);
        Assert.Contains(("data.train", "500 examples an epoch, made anew each, length 1..100"), data.Describe());
    }

    [Fact]
    public void An_index_outside_the_split_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Read(1).Train.Make(1, 500));
        Assert.Throws<ArgumentOutOfRangeException>(() => Read(1).Train.Make(1, -1));
    }

    [Fact]
    public void A_length_that_is_too_short_for_the_problem_is_named_by_its_key()
    {
        var options = Options with { Problem = new AddingOptions { Length = new LengthRange(2, 9), TestLength = new LengthRange(1, 1) } };
        var mistake = Assert.Single(options.Check(Data));
        Assert.Equal("data.format.problem.test_length", mistake.Path);
        Assert.Contains("shortest length is 2", mistake.What, StringComparison.Ordinal);
    }

    private static ExampleData Read(long seed) => new SyntheticFormat(Options, new FormatContext("", seed)).Read(Data);

    private static string Text(ExampleData data, Split split, int epoch, int index) => ProblemTableTests.Text(data.Splits[split].Make(epoch, index));
}
