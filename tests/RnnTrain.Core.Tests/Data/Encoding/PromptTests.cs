using RnnTrain.Configuration;
using RnnTrain.Data;
using RnnTrain.Data.Encoding;

namespace RnnTrain.Tests.Data.Encoding;

public sealed class PromptTests : IDisposable
{
    private readonly TextFolder folder = new();

    public void Dispose() => folder.Dispose();

    private TextCorpus Trained(TokenOptions options, string text) => folder.With("train.txt", text).Corpus(options);

    private static string Read(TextCorpus corpus, string prompt) =>
        string.Join(" ", Prompt.Encode(corpus.Tokenizer, corpus.Vocabulary, prompt).Select(id => corpus.Vocabulary.Symbols[id]));

    private static string Mistake(TextCorpus corpus, string prompt) => TextFolder.MistakeOf(() => Read(corpus, prompt));

    [Fact]
    public void The_last_line_of_a_prompt_goes_on()
    {
        var corpus = Trained(new WordOptions { EndOfLine = "<eos>" }, "the cat sat\n");
        Assert.Equal("the cat", Read(corpus, "the cat"));
        Assert.Equal("the cat <eos> sat", Read(corpus, "the cat\nsat"));
        Assert.Equal("the <eos>", Read(corpus, "the\n"));
    }

    [Fact]
    public void An_empty_prompt_is_no_token() => Assert.Empty(Read(Trained(new CharacterOptions(), "ab"), ""));

    [Fact]
    public void Characters_never_seen_are_named_with_code_and_place()
    {
        var corpus = Trained(new CharacterOptions(), "ab ba");
        Assert.Equal(
            "prompt: the model has never seen '€' (U+20AC) at character 2, U+000A at character 4, '😀' (U+1F600) at character 5; use what its training text holds",
            Mistake(corpus, "a€b\n😀"));
    }

    [Fact]
    public void At_most_five_are_named() =>
        Assert.Contains("'5' (U+0035) at character 5 and 4 more;", Mistake(Trained(new CharacterOptions(), "ab"), "123456789"));

    [Fact]
    public void A_character_never_seen_is_refused_even_where_rare_ones_are_unknown() =>
        Assert.Contains("'z' (U+007A) at character 1", Mistake(Trained(new CharacterOptions { MinimumCount = 2 }, "aabbcd"), "z"));

    [Fact]
    public void A_byte_never_seen_is_named() =>
        Assert.Equal(
            "prompt: the model has never seen 0xC3 at byte 2, 0xA9 at byte 3, 0x7A ('z') at byte 4; use what its training text holds",
            Mistake(Trained(new ByteOptions(), "ab"), "aéz"));

    [Fact]
    public void A_word_never_seen_is_the_unknown_word_where_the_model_has_learned_that() =>
        Assert.Equal("the <unk> sat", Read(Trained(new WordOptions(), "the <unk> sat"), "the dog sat"));

    [Fact]
    public void A_word_never_seen_is_a_mistake_where_the_unknown_word_was_never_trained() =>
        Assert.Equal(
            "prompt: the model has never seen 'dog' at word 2; use what its training text holds",
            Mistake(Trained(new WordOptions(), "the cat sat"), "the dog sat"));
}
