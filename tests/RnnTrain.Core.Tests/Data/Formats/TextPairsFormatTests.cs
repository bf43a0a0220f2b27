using RnnTrain.Data;
using RnnTrain.Data.Formats;

namespace RnnTrain.Tests.Data.Formats;

public sealed class TextPairsFormatTests : IDisposable
{
    private static readonly TextPairsOptions Plain = new();
    private readonly TextFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Read(TextPairsOptions options, params string[] entries) =>
        string.Join(" | ", folder.Examples(options, entries).Select(example => $"{example.Place} {example.Text} = {example.Target}"));

    [Theory]
    [InlineData("a.tsv", "source\ttarget\na cat\teine \"Katze\"\n", "a.tsv:2 a cat = eine \"Katze\"")]
    [InlineData("a.csv", "target,source\n\"eine, Katze\",a cat\n", "a.csv:2 a cat = eine, Katze")]
    [InlineData("a.jsonl", "{\"source\": \"a cat\", \"target\": \"eine Katze\"}\n", "a.jsonl:1 a cat = eine Katze")]
    public void Pairs_are_read_from_tables(string name, string text, string pairs)
    {
        folder.With(name, text).With("packed.gz", TextFolder.Gzip(text));
        Assert.Equal(pairs, Read(Plain, name));
    }

    [Fact]
    public void Sides_have_names_of_their_own()
    {
        folder.With("a.jsonl", "{\"translation\": {\"en\": \"a cat\", \"de\": \"eine Katze\"}}\n").With("b.tsv", "a cat\teine Katze\n");
        Assert.Equal("a.jsonl:1 eine Katze = a cat", Read(Plain with { Source = "translation.de", Target = "translation.en" }, "a.jsonl"));
        Assert.Equal("b.tsv:1 a cat = eine Katze", Read(Plain with { Header = false, Source = "1", Target = "2" }, "b.tsv"));
    }

    [Fact]
    public void Pairs_with_an_empty_side_are_counted_or_refused()
    {
        folder.With("a.tsv", "source\ttarget\none\teins\n\tzwei\nthree\t \n\t\n");
        var format = folder.Format(Plain);
        Assert.Equal(["eins"], format.Read(["a.tsv"], Split.Validation).Select(example => example.Target));
        Assert.Empty(format.Read(["a.tsv"], Split.Validation).Take(0));
        Assert.Equal(["data.validation: 3 of 4 pairs left out, for want of text"], format.Remarks);
        Assert.Equal(
            "data.train: a.tsv:3: the side that is read is empty, and the other is \"zwei\"; remove it, or set data.format.empty to skip",
            folder.ExamplesMistake(Plain with { Empty = EmptyText.Refuse }, "a.tsv"));
    }

    [Fact]
    public void What_is_wrong_is_said_with_its_line()
    {
        folder.With("a.tsv", "en\tde\n").With("b.jsonl", "{\"source\": \"a\", \"target\": [\"b\"]}\n");
        Assert.Equal(
            "data.train: a.tsv:1: there is no column 'source'; this header names 'en', 'de'; set data.format.source to one of them", folder.ExamplesMistake(Plain, "a.tsv"));
        Assert.Equal(
            "data.train: b.jsonl:1: 'target' is a list, and a text is needed; set data.format.target to a column of texts", folder.ExamplesMistake(Plain, "b.jsonl"));
        Assert.Equal(
            ["data.format.target: 'target' is no column number, and without a header columns have no names; write 1 for the first"],
            TextFolder.Refused(Plain with { Header = false, Source = "1" }, "a.tsv"));
    }
}
