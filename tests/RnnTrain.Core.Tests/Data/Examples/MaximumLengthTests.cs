using RnnTrain.Configuration;
using RnnTrain.Data;
using RnnTrain.Data.Examples;

namespace RnnTrain.Tests.Data.Examples;

public sealed class MaximumLengthTests
{
    private static readonly string[] Train = ["a b | A", "a b c d | A B", "a | A B C D", "b c | B C"];

    [Fact]
    public void Training_examples_beyond_it_are_left_out_with_their_texts_and_counted_while_evaluation_loses_none()
    {
        var options = LinePairs.Data(Train) with { Validation = ["a b c d d | A B C D D"], MaximumLength = new MaximumLengthOptions { Read = 3, Written = 3 } };
        var data = TextExampleReader.Read(options, new LinePairs(), trained: null);
        Assert.Equal(2, data.Train.Count);
        Assert.Equal(["a b", "b c"], data.Texts!(Split.Train).Select(text => text.Text));
        Assert.Equal([2, 2], Enumerable.Range(0, 2).Select(index => data.Train.LengthOf(1, index).Read));
        Assert.Equal(5, data.Splits[Split.Validation].LengthOf(0, 0).Written);
        Assert.Contains("data.train: 2 of 4 examples are longer than data.maximum_length and left out", data.Remarks);
    }

    [Fact]
    public void Each_side_has_a_limit_of_its_own()
    {
        var options = LinePairs.Data(Train) with { MaximumLength = new MaximumLengthOptions { Written = 1 } };
        Assert.Equal(["a b"], TextExampleReader.Read(options, new LinePairs(), trained: null).Texts!(Split.Train).Select(text => text.Text));
    }

    [Fact]
    public void A_limit_that_nothing_keeps_is_refused() => Assert.Equal(
        "data.maximum_length: all 4 examples of data.train are longer; raise it",
        TextFolder.MistakeOf(() => TextExampleReader.Read(
            LinePairs.Data(Train) with { MaximumLength = new MaximumLengthOptions { Read = 1, Written = 1 } }, new LinePairs(), trained: null)));
}
