using RnnTrain.Configuration;
using RnnTrain.Data;
using RnnTrain.Data.Formats;

namespace RnnTrain.Tests.Data.Formats;

public sealed class PennTreesFormatTests : IDisposable
{
    private const string Trees = "(3 (2 It) (4 (2 is) (3 good)))\n(1 (2 It) (1 (2 is) (1 bad)))\n\n(2 (2 \\*) (2 (2 -LRB-) (2 24\\/7)))\n(3 (2 It) (4 (2 is) (3 good)))\n";
    private static readonly PennTreesOptions Binary = new();
    private static readonly PennTreesOptions Fine = new() { Classes = SentimentClasses.Fine };
    private readonly TextFolder folder = new TextFolder().With("a.txt", Trees);

    public void Dispose() => folder.Dispose();

    private string Read(PennTreesOptions options, Split split) => string.Join(
        " | ", folder.Format(options).Read(["a.txt"], split).Select(example => $"{example.Place.Line} {example.Text} = {string.Join('+', example.Labels)}"));

    [Fact]
    public void A_sentence_has_the_rating_of_its_tree_and_what_is_neutral_may_be_left_out()
    {
        Assert.Equal("1 It is good = positive | 2 It is bad = negative | 5 It is good = positive", Read(Binary, Split.Train));
        Assert.Equal("1 It is good = positive | 2 It is bad = negative | 4 * ( 24/7 = neutral | 5 It is good = positive", Read(Fine, Split.Test));
    }

    [Fact]
    public void Training_may_take_every_different_phrase_and_the_other_splits_stay_sentences()
    {
        Assert.Equal(
            "1 good = positive | 1 is good = positive | 1 It is good = positive | 2 bad = negative | 2 is bad = negative | 2 It is bad = negative",
            Read(Binary with { Phrases = true }, Split.Train));
        Assert.Equal(Read(Binary, Split.Validation), Read(Binary with { Phrases = true }, Split.Validation));
        Assert.StartsWith("1 It = neutral | 1 is = neutral | 1 good = positive | 1 is good = very_positive | 1 It is good = positive | 2 bad = negative",
            Read(Fine with { Phrases = true }, Split.Train));
    }

    [Fact]
    public void What_was_read_is_counted_once()
    {
        var format = folder.Format(Binary with { Phrases = true });
        foreach (var split in new[] { Split.Train, Split.Train, Split.Test }) Assert.NotEmpty(format.Read(["a.txt"], split).ToList());
        Assert.NotEmpty(format.Read(["a.txt"], Split.Train).Take(1).ToList());
        Assert.Equal(
            ["data.train: 4 trees, 6 different phrases, what is neutral left out", "data.test: 4 trees, 3 sentences, what is neutral left out"], format.Remarks);
    }

    [Theory]
    [InlineData("(3 (2 It)", "a.txt:1: no tree: 1 bracket not closed at character 10; ")]
    [InlineData("(3 (2 It)))", "a.txt:1: no tree: text behind the last bracket at character 11, \")\"; ")]
    [InlineData("It (3 is)", "a.txt:1: no tree: text outside of brackets at character 1, \"It (3 is)\"; ")]
    [InlineData("((2 It) (2 is))", "a.txt:1: no tree: a bracket where a label should stand at character 2, \"(2 It) (2 is))\"; ")]
    [InlineData("(3 (2 ))", "a.txt:1: no tree: a phrase without words at character 7, \"))\"; ")]
    [InlineData(")", "a.txt:1: no tree: a closing bracket without an opening one at character 1, \")\"; ")]
    public void A_line_that_is_no_tree_is_a_mistake(string line, string mistake)
    {
        folder.With("a.txt", line + "\n");
        Assert.Equal($"data.train: {mistake}write one a line, such as (3 (2 It) (4 works))", folder.ExamplesMistake(Binary, "a.txt"));
    }

    [Fact]
    public void A_label_that_is_no_rating_is_a_mistake()
    {
        folder.With("a.txt", "(3 fine)\n(S (NP It) (VP works))\n");
        Assert.Equal("data.train: a.txt:2: a phrase is labelled 'S'; this format reads ratings from 0 to 4", folder.ExamplesMistake(Fine, "a.txt"));
    }

    [Fact]
    public void Phrases_are_not_held_out_from_their_own_sentences()
    {
        var options = Binary with { Phrases = true };
        var data = new DataOptions { Format = options, Split = new SplitOptions { Test = 0.1 }, Batching = new RnnTrain.Data.Batching.ExampleOptions { BatchSize = 1 } };
        Assert.Equal("data.split", Assert.Single(options.Check(data)).Path);
        Assert.Empty(Binary.Check(data));
    }
}
