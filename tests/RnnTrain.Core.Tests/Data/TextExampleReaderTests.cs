using RnnTrain.Configuration;
using RnnTrain.Data;
using RnnTrain.Data.Batching;
using RnnTrain.Data.Encoding;
using RnnTrain.Data.Examples;
using RnnTrain.Data.Formats;

namespace RnnTrain.Tests.Data;

public sealed class TextExampleReaderTests
{
    private static readonly TextExample[] Labeled = [Of(1, "a good film", "+"), Of(2, "a bad film", "-"), Of(3, "bad bad", "-"), Of(4, "so good", "+")];

    [Fact]
    public void Examples_become_tokens_and_classes()
    {
        var data = Read(TargetKind.ClassAtEnd, new() { [Split.Train] = Labeled[..3], [Split.Test] = Labeled[3..] });
        Assert.Equal(["-", "+"], data.Lexicon!.Labels!.Symbols); // the more frequent first
        Assert.Equal(["bad", "a", "film", "good", "<unk>"], data.Lexicon.Tokens!.Symbols);
        Assert.Equal(new ExampleShape(5, 0, TargetKind.ClassAtEnd, 2), data.Shape);
        var test = data.Splits[Split.Test].Make(0, 0);
        Assert.Equal((int[])[4, 3], test.Tokens); // 'so' is unknown
        Assert.Equal((int[])[1], test.Classes);
        Assert.Contains("data.test: 50.0 % of the words are unknown", data.Remarks);
        Assert.Equal("so good", data.Texts!(Split.Test).Single().Text);
    }

    [Fact]
    public void What_is_held_out_teaches_no_words()
    {
        var options = Options(TargetKind.ClassAtEnd) with { Split = new SplitOptions { Test = 0.25 }, Limit = new LimitOptions { Train = 2 } };
        var data = TextExampleReader.Read(options, new Fixed(new() { [Split.Train] = Labeled }), trained: null);
        Assert.Equal((2, 1), (data.Train.Count, data.Splits[Split.Test].Count));
        Assert.False(data.Lexicon!.Tokens!.TryGetId("so", out _));
        Assert.Equal("so good", data.Texts!(Split.Test).Single().Text);
    }

    [Fact]
    public void A_label_that_no_training_example_has_is_refused_with_its_place()
    {
        var mistake = Assert.Throws<UserMistakeException>(() =>
            Read(TargetKind.ClassAtEnd, new() { [Split.Train] = Labeled, [Split.Validation] = [Of(7, "a film", "?")] }));
        Assert.Equal(["f.txt:7: the label '?' is in no training example; there are +, -; correct the label, or train on examples of it"], mistake.Lines);
    }

    [Theory]
    [InlineData(false, 3, 4)]
    [InlineData(true, 6, 6)]
    public void Pairs_have_a_vocabulary_a_side_or_one_for_both(bool isShared, int read, int written)
    {
        TextExample[] pairs = [new() { Text = "a b", Target = "c d d e" }, new() { Text = "b", Target = "d" }];
        var data = TextExampleReader.Read(
            Options(TargetKind.Sequence) with { SharedVocabulary = isShared }, new Fixed(new() { [Split.Train] = pairs }), trained: null);
        Assert.Equal((read, written + 2), (data.Shape.Vocabulary, data.Shape.Outputs)); // with <unk>; begin and end besides
        var lexicon = data.Lexicon!;
        Assert.Equal(isShared, lexicon.Written is null);
        Assert.Equal([(lexicon.Written ?? lexicon.Tokens!).TryGetId("d", out var id) ? id : -1], data.Train.Make(1, 1).Target);
    }

    [Theory]
    [InlineData(WordCut.WhiteSpace)]
    [InlineData(WordCut.Unicode)]
    public void Words_that_are_cut_already_are_cut_no_further(WordCut cut)
    {
        TextExample[] tagged = [new() { Words = ["10 000", "co-op's", "n't"], Labels = ["X", "Y", "Y"] }];
        var options = Options(TargetKind.ClassEachStep) with { Tokens = new WordOptions { Cut = cut, EndOfLine = "<eos>" } };
        var data = TextExampleReader.Read(options, new Fixed(new() { [Split.Train] = tagged }), trained: null);
        Assert.Equal(["10 000", "co-op's", "n't"], data.Train.Make(1, 0).Tokens.Select(token => data.Lexicon!.Tokens!.Symbols[token]));
        Assert.Empty(data.Remarks);
    }

    [Fact]
    public void Words_that_are_cut_already_are_read_letter_by_letter_too()
    {
        TextExample[] tagged = [new() { Words = ["Ab", "b"], Labels = ["X", "Y"] }, new() { Words = ["ab"], Labels = ["X"] }];
        var data = Read(TargetKind.ClassEachStep, new() { [Split.Train] = tagged });
        var example = data.Train.Make(1, 0);
        Assert.Equal((2, 0, 1), (example.Length, example.Classes[0], example.Classes[1]));
        Assert.Equal([["A", "b"], ["b"]], example.Characters.Select(word => word.Select(letter => data.Lexicon!.Characters!.Symbols[letter])));
    }

    [Fact]
    public void A_trained_lexicon_is_read_back_from_its_files_and_used()
    {
        using var folder = new TextFolder();
        var learned = Read(TargetKind.ClassAtEnd, new() { [Split.Train] = Labeled }).Lexicon!;
        foreach (var (name, content) in LexiconFiles.Of(learned)) File.WriteAllText(Path.Combine(folder.Root, name), content);
        var loaded = LexiconFiles.Load(folder.Root)!;
        Assert.Equal(learned.Labels!.Symbols, loaded.Labels!.Symbols);
        Assert.Null(loaded.Written);
        var data = TextExampleReader.Read(Options(TargetKind.ClassAtEnd), new Fixed(new() { [Split.Train] = [Of(1, "unheard good", "-")] }), loaded);
        Assert.Equal(["<unk>", "good"], data.Train.Make(1, 0).Tokens.Select(token => loaded.Tokens!.Symbols[token]));
    }

    private static TextExample Of(long line, string text, string label) => new() { Place = new TextPlace("f.txt", line), Text = text, Labels = [label] };

    private static ExampleData Read(TargetKind targets, Dictionary<Split, TextExample[]> examples) =>
        TextExampleReader.Read(Options(targets, [.. examples.Keys]), new Fixed(examples), trained: null);

    private static DataOptions Options(TargetKind targets, params Split[] splits) => new()
    {
        Format = new FixedOptions(targets),
        Train = ["train"],
        Validation = splits.Contains(Split.Validation) ? ["validation"] : [],
        Test = splits.Contains(Split.Test) ? ["test"] : [],
        Tokens = new WordOptions(),
        Batching = new ExampleOptions { BatchSize = 2 },
    };

    private sealed record FixedOptions(TargetKind Kind) : FormatOptions
    {
        public override TargetKind? Targets => Kind;
    }

    private sealed class Fixed(Dictionary<Split, TextExample[]> examples) : ITextExampleFormat
    {
        public IReadOnlyList<DataFile> Files(IReadOnlyList<string> entries, Split split) => [];

        public IEnumerable<TextExample> Read(IReadOnlyList<string> entries, Split split) => examples.GetValueOrDefault(split, []);
    }
}
