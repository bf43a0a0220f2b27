using RnnTrain.Configuration;
using RnnTrain.Data.Formats;

namespace RnnTrain.Tests.Data.Formats;

public sealed class ConllFormatTests : IDisposable
{
    private const string Names = "-DOCSTART- -X- O O\n\nAnn NNP I-NP I-PER\nSmith NNP I-NP I-PER\nBob NNP I-NP B-PER\nran VBD I-VP O\n\n\nRome NNP I-NP I-LOC\n";
    private static readonly ConllOptions Plain = new();
    private readonly TextFolder folder = new TextFolder().With("a.txt", Names);

    public void Dispose() => folder.Dispose();

    private string Read(ConllOptions options, params string[] entries) => string.Join(
        " | ", folder.Examples(options, entries).Select(example => $"{example.Place} {string.Join(' ', example.Words!)} = {string.Join(' ', example.Labels)}"));

    [Fact]
    public void A_sentence_ends_with_an_empty_line_or_the_file()
    {
        Assert.Equal("a.txt:3 Ann Smith Bob ran = I-PER I-PER B-PER O | a.txt:9 Rome = I-LOC", Read(Plain, "a.txt"));
        Assert.Equal("Ann Smith Bob ran", folder.Examples(Plain, "a.txt")[0].Text);
    }

    [Fact]
    public void Columns_are_chosen_by_number_or_by_name()
    {
        Assert.Equal("a.txt:3 NNP NNP NNP VBD = I-NP I-NP I-NP I-VP | a.txt:9 NNP = I-NP", Read(Plain with { Word = "2", Label = "3" }, "a.txt"));
        var named = Plain with { Columns = ["form", "tag", "chunk", "name"], Word = "form", Label = "tag" };
        Assert.Equal("a.txt:3 Ann Smith Bob ran = NNP NNP NNP VBD | a.txt:9 Rome = NNP", Read(named, "a.txt"));
    }

    [Theory]
    [InlineData(TagScheme.Iob2, "B-PER I-PER B-PER O", "B-LOC")]
    [InlineData(TagScheme.Iobes, "B-PER E-PER S-PER O", "S-LOC")]
    [InlineData(TagScheme.Iob1, "I-PER I-PER B-PER O", "I-LOC")]
    public void Labels_become_those_of_another_scheme(TagScheme to, string first, string second)
    {
        var options = Plain with { Scheme = new TagConversion { From = TagScheme.Iob1, To = to } };
        Assert.Equal([first, second], folder.Examples(options, "a.txt").Select(example => string.Join(' ', example.Labels)));
        Assert.Equal(to, options.Tagging);
    }

    [Fact]
    public void Separators_and_comments_are_as_the_file_has_them()
    {
        folder.With("b.txt", "# text\n# id 1\nNew York\tX\n").With("c.txt", "a\t b \t X\r\n\r\n").With("d.txt", "a\u00A0b X\n");
        Assert.Equal("b.txt:3 New York = X", Read(Plain with { Separator = ColumnSeparator.Tab, Comment = "#" }, "b.txt"));
        Assert.Equal("c.txt:1 a = X", Read(Plain, "c.txt"));
        Assert.Equal("d.txt:1 a\u00A0b = X", Read(Plain with { Separator = ColumnSeparator.Space }, "d.txt"));
    }

    [Theory]
    [InlineData("EU NNP B-ORG\nrejects VBZ O\nGerman B-MISC\n", "b.txt:3: 2 columns, and the lines before have 3: \"German B-MISC\"; give every word as many")]
    [InlineData("EU NNP B-ORG\nrejects VBZ O\n\na DT O O\n", "b.txt:4: 4 columns, and the lines before have 3: \"a DT O O\"; give every word as many")]
    public void A_ragged_line_is_a_mistake(string text, string mistake)
    {
        folder.With("b.txt", text);
        Assert.Equal($"data.train: {mistake}", folder.ExamplesMistake(Plain, "b.txt"));
    }

    [Fact]
    public void A_line_without_the_named_columns_is_a_mistake()
    {
        Assert.Equal(
            "data.train: a.txt:3: 4 columns, and data.format.columns names 2: \"Ann NNP I-NP I-PER\"; give every word as many",
            folder.ExamplesMistake(Plain with { Columns = ["word", "label"], Word = "word", Label = "label" }, "a.txt"));
        Assert.Equal(
            "data.train: a.txt:3: there is no column 7, since the line has 4: \"Ann NNP I-NP I-PER\"; set data.format.label to at most 4",
            folder.ExamplesMistake(Plain with { Label = "7" }, "a.txt"));
        folder.With("b.txt", "\tX\n");
        Assert.Equal(
            "data.train: b.txt:1: column 1, the word, is empty: \"⇥X\"; fill it, or see data.format.separator",
            folder.ExamplesMistake(Plain with { Separator = ColumnSeparator.Tab }, "b.txt"));
    }

    [Theory]
    [InlineData(TagScheme.Iob2, "a.txt:3: I-PER begins the sentence, and iob2 begins every span with B: \"Ann NNP I-NP I-PER\"")]
    [InlineData(TagScheme.Iobes, "a.txt:3: I-PER begins the sentence, and iobes begins every span with B or S: \"Ann NNP I-NP I-PER\"")]
    public void A_violated_scheme_is_a_mistake(TagScheme from, string mistake) => Assert.Equal(
        $"data.train: {mistake}; correct the label, or set data.format.scheme.from to the scheme of this file",
        folder.ExamplesMistake(Plain with { Scheme = new TagConversion { From = from } }, "a.txt"));

    [Fact]
    public void The_line_of_a_violation_is_right_behind_comments()
    {
        folder.With("b.txt", "x O\n\n# one\nx O\n# two\nx I-A\nx O\n");
        Assert.StartsWith(
            "data.train: b.txt:6: I-A follows O, and iob2 begins every span with B: \"x I-A\"",
            folder.ExamplesMistake(Plain with { Comment = "#", Scheme = new TagConversion { From = TagScheme.Iob2 } }, "b.txt"));
    }

    [Fact]
    public void Options_that_fit_no_file_are_refused()
    {
        Assert.Equal(
            ["data.format.label: 'ner' is no column; write its number from 1, or last, or name all columns in data.format.columns"], TextFolder.Refused(Plain with { Label = "ner" }));
        Assert.Equal(["data.format.word: '3' is no column; data.format.columns names a, b"], TextFolder.Refused(Plain with { Columns = ["a", "b"], Word = "3" }));
        Assert.Equal(
            ["data.format.scheme.to: labels that mark no spans cannot become iobes; set data.format.scheme.from to what the files have, or remove the key"],
            TextFolder.Refused(Plain with { Scheme = new TagConversion { To = TagScheme.Iobes } }));
        Assert.Equal(
            ["data.format.scheme.to: labels of iob1 cannot stop marking spans; remove the key to learn them as they are, or set from to none"],
            TextFolder.Refused(Plain with { Scheme = new TagConversion { From = TagScheme.Iob1, To = TagScheme.None } }));
        Assert.Equal(["data.format.comment: every line begins with an empty text; write for instance #, or remove the key"], TextFolder.Refused(Plain with { Comment = "" }));
        Assert.Empty(TextFolder.Refused(Plain with { Columns = ["word", "tag"], Word = "word", Label = "last" }));
    }
}
