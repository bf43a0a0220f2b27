using RnnTrain.Configuration;
using RnnTrain.Data.Encoding;

namespace RnnTrain.Tests.Data.Encoding;

public sealed class TokenizerTests : IDisposable
{
    private readonly TextFolder folder = new();

    public void Dispose() => folder.Dispose();

    private IEnumerable<string> Symbols(TokenOptions options, string text)
    {
        var corpus = folder.With("train.txt", text).Corpus(options);
        return corpus.Train.Ids.Select(id => corpus.Vocabulary.Symbols[id]);
    }

    [Fact]
    public void Characters_are_scalar_values() =>
        Assert.Equal(["a", "😀", "é", "e", "\u0301", "\n", " ", "\t"], Symbols(new CharacterOptions(), "a😀ée\u0301\n \t"));

    [Fact]
    public void Bytes_are_those_of_UTF_8()
    {
        var corpus = folder.With("train.txt", "aé\n").Corpus(new ByteOptions());
        Assert.Equal([0x61, 0xC3, 0xA9, 0x0A], corpus.Train.Ids);
        Assert.Equal(256, corpus.Vocabulary.Size);
        Assert.Equal(1, corpus.Vocabulary.Counts[0xC3]);
        Assert.Null(corpus.Vocabulary.UnknownId);
    }

    [Fact]
    public void Words_stand_between_white_space_of_any_kind() =>
        Assert.Equal(["the", "cat", "sat", "here", "now"], Symbols(new WordOptions(), " the\tcat \n\n  sat\u00A0here\u3000now\n"));

    [Theory]
    [InlineData("a b\nc\n", "a b <eos> c <eos>")]
    [InlineData("a b\nc", "a b <eos> c <eos>")]
    [InlineData("\n a \n\n", "<eos> a <eos> <eos>")]
    [InlineData("a\n  ", "a <eos> <eos>")]
    [InlineData("a\r\nb", "a <eos> b <eos>")]
    public void The_end_of_line_symbol_follows_every_line(string text, string expected) =>
        Assert.Equal(expected.Split(' '), Symbols(new WordOptions { EndOfLine = "<eos>" }, text));

    [Fact]
    public void Lower_case_leaves_the_end_of_line_symbol_as_it_is() =>
        Assert.Equal(["the", "über", "<EOS>"], Symbols(new WordOptions { EndOfLine = "<EOS>", LowerCase = true }, "The ÜBER\n"));

    [Theory]
    [InlineData("characters")]
    [InlineData("bytes")]
    [InlineData("bpe")]
    public void Decoding_gives_back_every_text_that_was_encoded(string kind)
    {
        foreach (var text in new[] { "ab", "naïve 😀\r\n\0\u0001\u2028 \uFEFF tab\t\n", "日本語\n日本語", "\u001b[31mred\u001b[0m\"\\" })
        {
            // An end-of-line pair becomes one line feed when it is read, so that is what comes back.
            var corpus = folder.With("train.txt", text).Corpus(OptionsOf(kind));
            Assert.Equal(text.Replace("\r\n", "\n"), corpus.Tokenizer.Decoder(corpus.Vocabulary).Decode(corpus.Train.Ids));
        }
    }

    [Fact]
    public void Decoding_gives_back_words_and_lines()
    {
        const string text = "the cat sat\n\non the mat\n";
        var corpus = folder.With("train.txt", text).Corpus(new WordOptions { EndOfLine = "<eos>" });
        Assert.Equal(text, corpus.Tokenizer.Decoder(corpus.Vocabulary).Decode(corpus.Train.Ids));
    }

    [Fact]
    public void A_byte_decoder_holds_back_a_character_until_it_is_complete()
    {
        var corpus = folder.With("train.txt", "a😀").Corpus(new ByteOptions());
        var decoder = corpus.Tokenizer.Decoder(corpus.Vocabulary);
        Assert.Equal(["a", "", "", "", "😀"], corpus.Train.Ids.Select(decoder.Next));
        Assert.Equal(["", "\uFFFDb", "", "\uFFFD"], [decoder.Next(0xF0), decoder.Next('b'), decoder.Next(0xC3), decoder.Finish()]);
        Assert.Equal(["c", ""], [decoder.Next('c'), decoder.Finish()]);
    }

    [Fact]
    public void An_unknown_character_is_written_as_the_replacement_character()
    {
        var corpus = folder.With("train.txt", "aaabbbc").Corpus(new CharacterOptions { MinimumCount = 2 });
        Assert.Equal("aaabbb\uFFFD", corpus.Tokenizer.Decoder(corpus.Vocabulary).Decode(corpus.Train.Ids));
    }

    [Theory]
    [InlineData("characters", "character")]
    [InlineData("bytes", "byte")]
    [InlineData("bpe", "token")]
    [InlineData("words", "word")]
    public void A_kind_of_token_is_called_by_its_unit(string kind, string unit) => Assert.Equal(unit, TokenTable.Create(OptionsOf(kind)).Unit);

    [Fact]
    public void Every_kind_of_token_reads_and_writes_and_refuses_a_text_of_one_symbol()
    {
        Assert.Equal(4, TokenTable.Tokens.Entries.Count);
        foreach (var entry in TokenTable.Tokens.Entries)
        {
            Assert.Equal(entry.OptionsType, OptionsOf(entry.Name).GetType());
            var corpus = folder.With("train.txt", "ab ba ab").Corpus(OptionsOf(entry.Name));
            Assert.Equal("ab ba ab", corpus.Tokenizer.Decoder(corpus.Vocabulary).Decode(corpus.Train.Ids));
            Assert.Equal(corpus.Train.Ids, Prompt.Encode(corpus.Tokenizer, corpus.Vocabulary, "ab ba ab"));

            folder.With("train.txt", entry.Name == "words" ? "a a a a" : "aaaa");
            var mistake = TextFolder.MistakeOf(() => folder.Corpus(OptionsOf(entry.Name)));
            Assert.Contains($"data.train: the text is one {corpus.Tokenizer.Unit} over and over", mistake);
        }
    }

    private static TokenOptions OptionsOf(string kind) => kind switch
    {
        "characters" => new CharacterOptions(),
        "bytes" => new ByteOptions(),
        "bpe" => new BytePairOptions { Merges = 20 },
        _ => new WordOptions(),
    };
}
