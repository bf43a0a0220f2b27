using RnnTrain.Configuration;
using RnnTrain.Data;
using RnnTrain.Data.Examples;
using RnnTrain.Data.Formats;

namespace RnnTrain.Tests.Data.Formats;

/// <summary>What every format of separate texts owes its reader. A format that joins the table needs a sample here.</summary>
public sealed class TextExampleFormatContractTests : IDisposable
{
    private readonly TextFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static readonly Dictionary<string, (FormatOptions Options, string Entry, (string Path, string Text)[] Files)> Samples = new()
    {
        ["labeled_text"] = (new LabeledTextOptions(), "a.csv", [("a.csv", "text,label\nfine,good\n\"dull\nold\",bad\n")]),
        ["text_pairs"] = (new TextPairsOptions(), "a.tsv", [("a.tsv", "source\ttarget\nein é\tone é\nzwei\ttwo\n")]),
        ["penn_trees"] = (new PennTreesOptions { Phrases = true }, "a.txt", [("a.txt", "(3 (2 It) (4 works))\n(1 (2 It) (0 fails))\n")]),
        ["conll"] = (new ConllOptions(), "a.txt", [("a.txt", "Ann X\nran Y\n\nBob X\n")]),
        ["conllu"] = (new ConlluOptions(), "a.txt", [("a.txt", "1\tAnn\t_\tX\t_\t_\t_\t_\t_\t_\n\n1\tBob\t_\tY\t_\t_\t_\t_\t_\t_\n")]),
        ["parallel_text"] = (new ParallelTextOptions { Source = "x", Target = "y" }, "a.{side}", [("a.x", "one\ntwo\n"), ("a.y", "eins\nzwei\n")]),
        ["dialogues"] = (new DialoguesOptions { History = 2 }, "a.txt", [("a.txt", "[\"one\", \"two\"]\n[\"three\", \"four\", \"five\"]\n")]),
    };

    public static TheoryData<string> Names =>
        [.. FormatTable.Formats.Where(entry => entry.OptionsType != typeof(SyntheticOptions) && entry.OptionsType != typeof(IdxOptions) && entry.OptionsType != typeof(PlainTextOptions))
            .Select(entry => entry.Name)];

    private static string Written(TextExample example) =>
        $"{example.Place.Line} {example.Text} {string.Join('+', example.Words ?? [])} {string.Join('+', example.Labels)} {example.Target}";

    private string[] Read(string name, Func<string, byte[]> change)
    {
        var (options, entry, files) = Samples[name];
        foreach (var (path, text) in files) folder.With(path, change(text));
        var format = folder.Format(options);
        string[] first = [.. format.Read([entry], Split.Train).Select(Written)];
        Assert.Equal(first, format.Read([entry], Split.Train).Select(Written)); // again from the beginning
        Assert.Equal(first.Take(1), format.Read([entry], Split.Train).Take(1).Select(Written));
        Assert.Equal(files.Length, format.Files([entry], Split.Test).Count);
        Assert.All(format.Files([entry], Split.Test), file => Assert.Equal("test", file.Split));
        return first;
    }

    [Fact]
    public void There_is_a_sample_of_every_format() => Assert.Equal(Samples.Keys.Order(), Names.Select(row => row.Data).Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void A_text_means_the_same_packed_with_a_mark_or_with_carriage_returns(string name)
    {
        var plain = Read(name, System.Text.Encoding.UTF8.GetBytes);
        Assert.True(plain.Length >= 2);
        Assert.Equal(plain, Read(name, TextFolder.Gzip));
        Assert.Equal(plain, Read(name, text => System.Text.Encoding.UTF8.GetBytes("\uFEFF" + text)));
        Assert.Equal(plain, Read(name, text => TextFolder.Gzip(text.Replace("\n", "\r\n"))));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Examples_have_what_their_targets_need(string name)
    {
        var (options, entry, files) = Samples[name];
        foreach (var (path, text) in files) folder.With(path, text);
        Assert.All(folder.Examples(options, entry), example =>
        {
            Assert.NotEmpty(example.Text);
            Assert.Equal(options.Targets == TargetKind.Sequence, example.Target is not null);
            if (options.Targets == TargetKind.ClassAtEnd) Assert.Single(example.Labels);
            if (options.Targets == TargetKind.ClassEachStep) Assert.Equal(example.Words!.Count, example.Labels.Count);
            Assert.StartsWith("a.", example.Place.File);
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_byte_that_is_not_UTF_8_and_a_file_that_is_cut_off_are_mistakes(string name)
    {
        var (options, entry, files) = Samples[name];
        foreach (var (path, text) in files) folder.With(path, [.. System.Text.Encoding.UTF8.GetBytes(text), 0xE9, (byte)'\n']);
        Assert.Contains("is not UTF-8: byte 0xE9 at byte offset", folder.ExamplesMistake(options, entry));
        foreach (var (path, text) in files) folder.With(path, TextFolder.Gzip(text)[..^9]);
        Assert.EndsWith("is not a whole gzip file; fetch or pack it again", folder.ExamplesMistake(options, entry));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_that_is_missing_is_a_mistake_before_anything_is_read(string name)
    {
        var (options, entry, _) = Samples[name];
        Assert.StartsWith("data.train: a.", TextFolder.MistakeOf(() => folder.Format(options).Files([entry], Split.Train)));
    }
}
