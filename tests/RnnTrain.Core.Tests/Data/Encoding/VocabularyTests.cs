using RnnTrain.Configuration;
using RnnTrain.Data.Encoding;

namespace RnnTrain.Tests.Data.Encoding;

public sealed class VocabularyTests : IDisposable
{
    private readonly TextFolder folder = new();

    public void Dispose() => folder.Dispose();

    private Vocabulary Of(TokenOptions options, string train, string? validation = null)
    {
        folder.With("train.txt", train);
        if (validation is null) return folder.Corpus(options).Vocabulary;
        return folder.With("validation.txt", validation).Corpus(options, data => data with { Validation = ["validation.txt"] }).Vocabulary;
    }

    private static string Shown(Vocabulary vocabulary) =>
        string.Join(" ", vocabulary.Symbols.Zip(vocabulary.Counts, (symbol, count) => $"{symbol}:{count}"));

    [Fact]
    public void The_most_frequent_symbol_comes_first_and_ties_are_in_ordinal_order() =>
        Assert.Equal("b:3 B:2 a:2 é:2 z:1", Shown(Of(new CharacterOptions(), "bbbézaBBaé")));

    [Fact]
    public void Words_have_an_unknown_symbol_from_the_start() =>
        Assert.Equal("a:2 b:1 <unk>:0", Shown(Of(new WordOptions(), "a b a")));

    [Fact]
    public void An_unknown_symbol_that_the_text_holds_is_that_word()
    {
        var vocabulary = Of(new WordOptions(), "<unk> b <unk> a a a");
        Assert.Equal("a:3 <unk>:2 b:1", Shown(vocabulary));
        Assert.Equal(1, vocabulary.UnknownId);
    }

    [Fact]
    public void What_is_too_rare_counts_for_the_unknown_symbol() =>
        Assert.Equal("<unk>:4 a:3 b:2", Shown(Of(new WordOptions { MinimumCount = 2 }, "a a a b b c d e <unk>")));

    [Fact]
    public void The_maximum_size_counts_unknown_and_end_of_line_which_are_never_left_out()
    {
        var options = new WordOptions { MaximumSize = 4, EndOfLine = "<eos>" };
        Assert.Equal("a:4 b:3 <unk>:2 <eos>:1", Shown(Of(options, "a a a a b b b c d\n")));
    }

    [Fact]
    public void Characters_have_an_unknown_symbol_only_where_one_is_needed()
    {
        Assert.Null(Of(new CharacterOptions(), "aab").UnknownId);
        Assert.Null(Of(new CharacterOptions { MaximumSize = 2 }, "aab").UnknownId);
        Assert.Null(Of(new CharacterOptions(), "aab", validation: "ba").UnknownId);
        Assert.Equal("a:2 b:1 <unk>:0", Shown(Of(new CharacterOptions(), "aab", validation: "bca")));
        Assert.Equal("a:4 <unk>:3", Shown(Of(new CharacterOptions { MaximumSize = 2 }, "aaaabbc")));
    }

    [Fact]
    public void Without_an_unknown_symbol_a_word_outside_the_vocabulary_is_a_mistake()
    {
        var options = new WordOptions { Unknown = null };
        Assert.Equal("a:2 b:1", Shown(Of(options, "a b a", validation: "b a")));
        Assert.Equal(
            "data.tokens: the vocabulary leaves 1 words out, 'c' for one, and there is no unknown symbol; set data.tokens.unknown, for instance to <unk>",
            TextFolder.MistakeOf(() => Of(options, "a b a", validation: "b c")));
    }

    [Fact]
    public void Limits_that_leave_fewer_than_two_symbols_are_a_mistake() =>
        Assert.Equal(
            "data.tokens: of 3 different characters fewer than two are left in the vocabulary; lower minimum_count or raise maximum_size",
            TextFolder.MistakeOf(() => Of(new CharacterOptions { MinimumCount = 9 }, "abc")));

    [Fact]
    public void Every_symbol_finds_its_id_and_no_other_does()
    {
        var vocabulary = Of(new CharacterOptions(), "the quick brown fox");
        for (var id = 0; id < vocabulary.Size; id++)
        {
            Assert.True(vocabulary.TryGetId(vocabulary.Symbols[id], out var found));
            Assert.Equal(id, found);
        }

        Assert.False(vocabulary.TryGetId("Z", out _));
    }

    [Fact]
    public void Contradicting_arguments_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new Vocabulary(["a", "b"], [1], unknown: null));
        Assert.Throws<ArgumentException>(() => new Vocabulary(["a", "a"], [1, 1], unknown: null));
        Assert.Throws<ArgumentException>(() => new Vocabulary(["a", "b"], [1, 1], unknown: "c"));
    }
}
