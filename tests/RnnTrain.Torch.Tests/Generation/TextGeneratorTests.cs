using RnnTrain.Configuration;
using RnnTrain.Data.Encoding;
using RnnTrain.Generation;
using RnnTrain.Numerics;

namespace RnnTrain.Tests.Generation;

public sealed class TextGeneratorTests
{
    private static readonly CharacterTokenizer Characters = new(new CharacterOptions());

    private static Vocabulary VocabularyOf(ITokenizer tokenizer, string text)
    {
        var counts = new Dictionary<string, long>();
        var position = 0;
        while (tokenizer.TryNext(text, isWhole: true, ref position, out var symbol))
            counts[symbol.ToString()] = counts.GetValueOrDefault(symbol.ToString()) + 1;
        return tokenizer.Learn(new SymbolCounts([.. counts.Keys], [.. counts.Values]));
    }

    private static Sampler Greedy() => new(new SamplingOptions { Temperature = 0 }, new PortableRandom(1));

    [Fact]
    public void Each_token_is_read_once_and_the_last_not_at_all()
    {
        var model = new Counting(5);
        int[] tokens = [.. new TextGenerator(model, Greedy()).Tokens([3, 4], 4)];
        Assert.Equal([0, 1, 2, 3], tokens); // this model expects the token after the last
        Assert.Equal([[3, 4], [0], [1], [2]], model.Reads);
    }

    [Fact]
    public void Tokens_are_drawn_only_when_they_are_asked_for()
    {
        var model = new Counting(5);
        Assert.Equal([2], new TextGenerator(model, Greedy()).Tokens([1], 1_000_000).Take(1));
        Assert.Single(model.Reads);
    }

    [Fact]
    public void A_text_goes_on_from_its_prompt_without_repeating_it()
    {
        var vocabulary = VocabularyOf(Characters, "aaaaabbbbcccdde"); // ids by count: a 0, b 1, …
        Assert.Equal("cdeab", string.Concat(new TextGenerator(new Counting(5), Greedy()).Continue(Characters, vocabulary, "ab", 5)));
    }

    [Fact]
    public void Words_are_set_off_from_the_prompt_by_a_space()
    {
        var words = new WordTokenizer(new WordOptions { EndOfLine = "<eos>", Unknown = null });
        var vocabulary = VocabularyOf(words, "x x x x y y y z z\n"); // x 0, y 1, z 2, <eos> 3
        Assert.Equal([" y", " z", "\n", "x"], new TextGenerator(new Counting(4), Greedy()).Continue(words, vocabulary, "x", 4));
    }

    [Fact]
    public void A_character_of_several_bytes_comes_whole()
    {
        var bytes = new ByteTokenizer();
        var vocabulary = VocabularyOf(bytes, "\u00C3\u00A9 e");
        var model = new Scripted(256, [0xC3, 0xA9, 'e']);
        Assert.Equal(["é", "e"], new TextGenerator(model, Greedy()).Continue(bytes, vocabulary, "e", 3));
    }

    [Fact]
    public void A_text_without_a_prompt_starts_a_line_where_the_model_knows_lines()
    {
        var words = new WordTokenizer(new WordOptions { EndOfLine = "<eos>", Unknown = null });
        var lines = VocabularyOf(words, "x x x\ny\n");
        Assert.Equal("<eos>", lines.Symbols[TextGenerator.StartToken(words, lines)]);

        var characters = VocabularyOf(Characters, "aaa\nb");
        Assert.Equal("\n", characters.Symbols[TextGenerator.StartToken(Characters, characters)]);
    }

    [Fact]
    public void A_text_without_a_prompt_starts_after_the_most_frequent_token_where_there_are_no_lines()
    {
        var vocabulary = VocabularyOf(Characters, "abbbc");
        Assert.Equal("b", vocabulary.Symbols[TextGenerator.StartToken(Characters, vocabulary)]);
        var bytes = new ByteTokenizer();
        Assert.Equal('b', TextGenerator.StartToken(bytes, VocabularyOf(bytes, "abbbc")));
        var model = new Counting(3);
        Assert.Equal(2, new TextGenerator(model, Greedy()).Continue(Characters, vocabulary, "", 2).Count());
        Assert.Equal([0], model.Reads[0]);
    }

    [Fact]
    public void A_prompt_the_model_has_never_seen_is_refused_before_anything_is_drawn()
    {
        var model = new Counting(3);
        var vocabulary = VocabularyOf(Characters, "abc");
        Assert.Throws<UserMistakeException>(() => new TextGenerator(model, Greedy()).Continue(Characters, vocabulary, "aé", 5));
        Assert.Empty(model.Reads);
    }

    /// <summary>Always expects the number after the one it read last.</summary>
    private sealed class Counting(int vocabulary) : ITokenPredictor
    {
        public int Vocabulary => vocabulary;

        public List<int[]> Reads { get; } = [];

        public void Read(ReadOnlySpan<int> tokens, Span<float> scores)
        {
            Reads.Add(tokens.ToArray());
            scores.Clear();
            scores[(tokens[^1] + 1) % vocabulary] = 1;
        }
    }

    /// <summary>Expects what its script says.</summary>
    private sealed class Scripted(int vocabulary, int[] script) : ITokenPredictor
    {
        private int place;

        public int Vocabulary => vocabulary;

        public void Read(ReadOnlySpan<int> tokens, Span<float> scores)
        {
            scores.Clear();
            scores[script[place++]] = 1;
        }
    }
}
