using RnnTrain.Data;
using RnnTrain.Data.Formats;

namespace RnnTrain.Tests.Data.Formats;

public sealed class ParallelTextFormatTests : IDisposable
{
    private static readonly ParallelTextOptions Plain = new() { Source = "en", Target = "de" };
    private readonly TextFolder folder = new TextFolder().With("train.en", "a cat\na dog\n").With("train.de", "eine Katze\nein Hund");

    public void Dispose() => folder.Dispose();

    private string Read(ParallelTextOptions options, params string[] entries) =>
        string.Join(" | ", folder.Examples(options, entries).Select(example => $"{example.Place} {example.Text} = {example.Target}"));

    [Fact]
    public void Line_n_of_one_file_is_the_other_side_of_line_n_of_the_other()
    {
        Assert.Equal("train.en:1 a cat = eine Katze | train.en:2 a dog = ein Hund", Read(Plain, "train.{side}"));
        Assert.Equal("train.de:1 eine Katze = a cat | train.de:2 ein Hund = a dog", Read(new() { Source = "de", Target = "en" }, "train.{side}"));
    }

    [Fact]
    public void Several_pairs_of_files_are_read_one_after_the_other_by_name_or_glob()
    {
        folder.With("en/b.txt.gz", TextFolder.Gzip("two\n")).With("de/b.txt.gz", TextFolder.Gzip("zwei\n")).With("en/c.txt", "three\n").With("de/c.txt", "drei\n");
        Assert.Equal("en/b.txt.gz:1 two = zwei | en/c.txt:1 three = drei", Read(Plain, "{side}/*"));
        Assert.Equal("en/c.txt:1 three = drei | train.en:1 a cat = eine Katze | train.en:2 a dog = ein Hund", Read(Plain, "{side}/c.txt", "train.{side}"));
        Assert.Equal(["train.en", "train.de"], folder.Format(Plain).Files(["train.{side}"], Split.Train).Select(file => file.Path));
    }

    [Theory]
    [InlineData("a\nb\nc\n", "x\n", "p.en has 3 lines and p.de 1; the first without its other side is p.en:2, \"b\"")]
    [InlineData("", "x\ny\n", "p.de has 2 lines and p.en 0; the first without its other side is p.de:1, \"x\"")]
    public void Files_of_different_length_are_a_mistake(string english, string german, string mistake)
    {
        folder.With("p.en", english).With("p.de", german);
        Assert.Equal($"data.train: {mistake}; make line n of either file the other side of line n", folder.ExamplesMistake(Plain, "p.{side}"));
    }

    [Fact]
    public void A_side_that_lacks_a_file_is_a_mistake()
    {
        folder.With("more/a.en", "x").With("more/b.en", "x").With("more/a.de", "x");
        Assert.Equal("data.train: 2 files for en and 1 file for de; each file needs its other side", folder.ExamplesMistake(Plain, "more/*.{side}"));
        Assert.StartsWith("data.train: more/b.de does not exist; did you mean more/a.de?", folder.ExamplesMistake(Plain, "more/b.{side}"));
    }

    [Fact]
    public void Pairs_with_an_empty_side_are_counted_or_refused()
    {
        folder.With("p.en", "one\n\n \nfour\n").With("p.de", "\nzwei\n\nvier\n");
        var format = folder.Format(Plain);
        Assert.Equal(["four"], format.Read(["p.{side}"], Split.Test).Select(example => example.Text));
        Assert.Equal(["data.test: 3 of 4 pairs left out, for want of text"], format.Remarks);
        var refusing = folder.Format(Plain with { Empty = EmptyText.Refuse });
        Assert.Equal(
            "data.test: p.en:1: the side that is written is empty, and the other is \"one\"; remove it, or set data.format.empty to skip",
            TextFolder.MistakeOf(() => refusing.Read(["p.{side}"], Split.Test).ToList()));
        folder.With("p.en", " \n").With("p.de", "\n");
        Assert.StartsWith("data.test: p.en:1: both sides are empty", TextFolder.MistakeOf(() => refusing.Read(["p.{side}"], Split.Test).ToList()));
    }

    [Fact]
    public void Paths_that_name_one_side_alone_are_refused()
    {
        Assert.Equal(
            ["data.train: 'train.en' names one file, and pairs stand in two; write {side} where their names differ, as in train.{side}.gz"],
            TextFolder.Refused(Plain, "a.{side}", "train.en"));
        Assert.Equal(
            ["data.format.target: both sides are 'en', so a text would be its own answer; name the other side"], TextFolder.Refused(Plain with { Target = "en" }, "a.{side}"));
    }
}
