using System.Text;
using RnnTrain.Data.Encoding;
using RnnTrain.Numerics;
using Encodings = System.Text.Encoding;

namespace RnnTrain.Tests.Data.Encoding;

/// <summary>Byte-pair encoding, held against the algorithm written down a second time without any trick.</summary>
public sealed class BytePairTests : IDisposable
{
    private const string Verse =
        "the lower the newest, the wider the widest: low low low low low lower newest newest newest newest newest newest wider wider wider\n"
        + "aaaa aaaaaaa aaa ----- ---------- \"banana bandana\" don't won't can't isn't 100 1000 10000\n  indented\n\n\tülé ülé für über 日本語日本 😀😀 😀\r\n";

    private readonly TextFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<string, int> Texts()
    {
        var data = new TheoryData<string, int> { { Verse, 3 }, { Verse, 60 }, { Verse, 1000 } };
        for (var seed = 1; seed <= 12; seed++) data.Add(Random(seed, length: 400, letters: 2 + (seed % 5)), 30);
        return data;
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Merges_and_tokens_are_those_of_the_plain_algorithm(string text, int merges)
    {
        var tokenizer = new BytePairTokenizer(new BytePairOptions { Merges = merges });
        var pieces = Pieces(tokenizer, text);
        var learned = Learn(tokenizer, pieces);
        var (plainMerges, plainTokens) = Plain(pieces, merges);
        Assert.Equal(plainMerges, learned.Merges!.Pairs.Select(pair => (learned.Symbols[pair.Left], learned.Symbols[pair.Right])));
        Assert.Equal(256 + plainMerges.Count, learned.Size);

        var encoder = tokenizer.Encoder(learned);
        Assert.Equal(plainTokens, pieces.Select(piece => string.Join('|', encoder.Encode(piece).ToArray().Select(id => learned.Symbols[id]))));
        var occurrences = plainTokens.SelectMany(tokens => tokens.Split('|')).ToLookup(symbol => symbol);
        Assert.All(learned.Symbols.Zip(learned.Counts), pair => Assert.Equal(occurrences[pair.First].Count(), pair.Second));
        Assert.Equal(learned.Counts.OrderDescending(), learned.Counts);
    }

    [Fact]
    public void Any_text_comes_back_exactly_whatever_was_learned()
    {
        var vocabulary = Learn(Verse, merges: 60);
        var encoder = new TextEncoder(new BytePairTokenizer(new BytePairOptions()), vocabulary);
        string[] texts =
        [
            "", " ", "\r\n\r\n", "\n \n", "   a", "a   ", "\t\ta b", "don't 'tis l'homme’s ''", "x\0y\u0001", "e\u0301\u0301 \u200D👩‍👩‍👧 🏳️‍🌈 \uFEFF\u2028\u00A0",
            new string('z', 1000), new string(' ', 1000), new string('語', 300) + "。", string.Concat(Enumerable.Repeat("😀", 100)), Verse,
            .. Enumerable.Range(1, 40).Select(seed => Random(seed, length: 300, letters: 0x20000)),
        ];
        foreach (var text in texts)
        {
            var ids = encoder.Encode(text);
            Assert.Equal(text, encoder.Decode(ids));
            Assert.Equal(Encodings.UTF8.GetBytes(text), ids.SelectMany(id => Encodings.Latin1.GetBytes(vocabulary.Symbols[id])));
        }

        Assert.Equal(0, encoder.Unknown);
    }

    [Fact]
    public void Random_bytes_come_back_where_they_are_UTF_8()
    {
        var vocabulary = Learn(Verse, merges: 60);
        var encoder = new TextEncoder(new BytePairTokenizer(new BytePairOptions()), vocabulary);
        var random = new PortableRandom(5UL);
        for (var i = 0; i < 200; i++)
        {
            var bytes = new byte[50];
            for (var place = 0; place < bytes.Length; place++) bytes[place] = (byte)random.NextBelow(256);
            var text = Encodings.UTF8.GetString(bytes); // what is no UTF-8 is U+FFFD from here on
            Assert.Equal(text, encoder.Decode(encoder.Encode(text)));
        }
    }

    [Fact]
    public void A_decoder_tells_a_character_when_all_its_bytes_are_there()
    {
        var vocabulary = Learn("ab ab", merges: 5);
        var tokenizer = new BytePairTokenizer(new BytePairOptions());
        var decoder = tokenizer.Decoder(vocabulary);
        Assert.Equal(["", "", "", "😀"], new TextEncoder(tokenizer, vocabulary).Encode("😀").Select(decoder.Next));
        Assert.Equal("", decoder.Finish());
    }

    [Theory]
    [InlineData("the cat's 1234 cats!!  (no)", "the| cat|'s| 1234| cats|!!| | (|no|)")]
    [InlineData("a\n\n b\r\n\tc \n", "a|\n|\n| b|\r\n|\t|c| \n")]
    [InlineData("naïve e\u0301x 日本語、x1", "naïve| e\u0301x| 日本語|、|x|1")]
    [InlineData("😀😀 ''a", "😀😀| ''|a")]
    public void Pieces_are_words_with_the_space_before_them_numbers_signs_and_white_space(string text, string expected) =>
        Assert.Equal(expected.Split('|'), Pieces(new BytePairTokenizer(new BytePairOptions()), text));

    [Fact]
    public void The_pieces_of_lines_are_those_of_the_whole_text()
    {
        var tokenizer = new BytePairTokenizer(new BytePairOptions());
        foreach (var text in Enumerable.Range(1, 30).Select(seed => Random(seed, 200, 3) + "\n \n\n" + Random(seed, 200, 700)).Append(Verse))
        {
            var lines = text.Split('\n');
            var apart = lines.SelectMany((line, place) => Pieces(tokenizer, place < lines.Length - 1 ? line + "\n" : line));
            Assert.Equal(Pieces(tokenizer, text), apart);
            Assert.Equal(text, string.Concat(apart));
        }
    }

    [Fact]
    public void A_text_without_words_is_cut_all_the_same_and_no_character_with_it()
    {
        var pieces = Pieces(new BytePairTokenizer(new BytePairOptions()), "a" + string.Concat(Enumerable.Repeat("𝒳", 100)));
        Assert.All(pieces, piece => Assert.InRange(piece.Length, 1, 64));
        Assert.All(pieces, piece => Assert.False(char.IsLowSurrogate(piece[0])));
    }

    [Fact]
    public void A_token_that_training_never_has_is_taken_apart()
    {
        // "q" + "u" becomes "qu", which is always followed by "i"; then "qui" is all that occurs
        var vocabulary = Learn("qui\nqui\nqui\nu\nq", merges: 20);
        Assert.True(vocabulary.TryGetId("qu", out var between));
        Assert.Equal(0, vocabulary.Counts[between]);
        var encoder = new BytePairEncoder(vocabulary);
        Assert.Equal("q|u|q", string.Join('|', encoder.Encode("quq").ToArray().Select(id => vocabulary.Symbols[id])));
        Assert.Equal("qui|q", string.Join('|', encoder.Encode("quiq").ToArray().Select(id => vocabulary.Symbols[id])));
    }

    [Fact]
    public void A_vocabulary_comes_back_from_its_file_with_its_merges()
    {
        var saved = Learn(Verse, merges: 60);
        folder.With("v.json", VocabularyFile.ToJson(saved));
        var loaded = VocabularyFile.Load(Path.Combine(folder.Root, "v.json"));
        Assert.Equal(saved.Symbols, loaded.Symbols);
        Assert.Equal(saved.Counts, loaded.Counts);
        Assert.Equal(saved.Merges!.Pairs, loaded.Merges!.Pairs);
        Assert.Equal(VocabularyFile.ToJson(saved), VocabularyFile.ToJson(loaded));
        var tokenizer = new BytePairTokenizer(new BytePairOptions());
        Assert.Equal(new TextEncoder(tokenizer, saved).Encode(Verse + "wider lowest"), new TextEncoder(tokenizer, loaded).Encode(Verse + "wider lowest"));
    }

    [Theory]
    [InlineData("[[0, 1], [2", "[[900, 1], [2", "merge 1, [900, 1], makes no symbol of this vocabulary")]
    [InlineData("[[0, 1], [2", "[[5, 5], [2", "merge 1, [5, 5], makes no symbol of this vocabulary")]
    [InlineData("[\"\\u0007\", 0]", "[\"xyz\", 0]", "byte 0x07 is not among the symbols")]
    [InlineData("[\"\\u0007\", 0]", "[\"\\u0107\", 0]", "the symbol 'ć' is not of bytes")]
    public void A_file_whose_merges_make_no_symbols_is_damaged(string text, string damaged, string what)
    {
        var json = VocabularyFile.ToJson(Learn("abcabcabc bc", merges: 2));
        var merges = json.IndexOf("\"merges\": [", StringComparison.Ordinal);
        var broken = text.StartsWith("[[", StringComparison.Ordinal)
            ? json[..merges] + "\"merges\": " + damaged + ", 3]]\n}\n"
            : json.Replace(text, damaged, StringComparison.Ordinal);
        Assert.NotEqual(json, broken);
        folder.With("v.json", broken);
        var mistake = TextFolder.MistakeOf(() => VocabularyFile.Load(Path.Combine(folder.Root, "v.json")));
        Assert.Contains($"v.json is damaged ({what})", mistake);
    }

    [Fact]
    public void The_text_of_an_experiment_becomes_tokens_and_comes_back()
    {
        folder.With("train.txt", Verse).With("v.txt", "lower 🙃 newest\n");
        var corpus = folder.Corpus(new BytePairOptions { VocabularySize = 300 }, data => data with { Validation = ["v.txt"] });
        Assert.Equal(300, corpus.Vocabulary.Size);
        Assert.Equal(Verse.Replace("\r\n", "\n"), corpus.Tokenizer.Decoder(corpus.Vocabulary).Decode(corpus.Train.Ids));
        Assert.Equal("lower 🙃 newest\n", corpus.Tokenizer.Decoder(corpus.Vocabulary).Decode(corpus.Validation!.Ids));
        Assert.Equal(corpus.Train.Ids.Length, corpus.Vocabulary.Counts.Sum());
        Assert.Equal(0, corpus.Validation.UnknownTokens);
        var again = folder.Corpus(new BytePairOptions { VocabularySize = 300 }, trained: corpus.Vocabulary);
        Assert.Equal(corpus.Train.Ids, again.Train.Ids);
    }

    [Fact]
    public void Learned_tokens_are_read_from_a_file()
    {
        var file = Path.Combine(folder.Root, "v.json");
        folder.With("v.json", VocabularyFile.ToJson(Learn(Verse, merges: 30))).With("train.txt", "something else altogether");
        var corpus = folder.Corpus(new BytePairOptions { File = file });
        Assert.Equal(286, corpus.Vocabulary.Size);
        Assert.Equal("something else altogether", corpus.Tokenizer.Decoder(corpus.Vocabulary).Decode(corpus.Train.Ids));
        Assert.Equal(
            $"data.tokens.lower_case: {file} was learned from a text that was not turned into lower case; set lower_case to false",
            TextFolder.MistakeOf(() => folder.Corpus(new BytePairOptions { File = file, LowerCase = true })));
        folder.With("v.json", VocabularyFile.ToJson(new Vocabulary(["a", "b"], [1, 1], null)));
        Assert.Contains("holds no merges", TextFolder.MistakeOf(() => folder.Corpus(new BytePairOptions { File = file })));
    }

    [Fact]
    public void A_prompt_of_bytes_never_seen_is_refused()
    {
        var tokenizer = new BytePairTokenizer(new BytePairOptions());
        var vocabulary = Learn(Verse, merges: 60);
        Assert.Equal("the lowest", tokenizer.Decoder(vocabulary).Decode(Prompt.Encode(tokenizer, vocabulary, "the lowest")));
        var mistake = TextFolder.MistakeOf(() => Prompt.Encode(tokenizer, vocabulary, "lowest Q"));
        Assert.Matches("^prompt: the model has never seen 'Q' at token [0-9]+; use what its training text holds$", mistake);
    }

    private static Vocabulary Learn(string text, int merges)
    {
        var tokenizer = new BytePairTokenizer(new BytePairOptions { Merges = merges });
        return Learn(tokenizer, Pieces(tokenizer, text));
    }

    private static Vocabulary Learn(BytePairTokenizer tokenizer, List<string> pieces)
    {
        var counts = pieces.CountBy(piece => piece).ToList();
        return tokenizer.Learn(new SymbolCounts([.. counts.Select(pair => pair.Key)], [.. counts.Select(pair => (long)pair.Value)]));
    }

    private static List<string> Pieces(BytePairTokenizer tokenizer, string text)
    {
        var pieces = new List<string>();
        var position = 0;
        while (tokenizer.TryNext(tokenizer.Prepare(text), isWhole: true, ref position, out var piece)) pieces.Add(piece.ToString());
        return pieces;
    }

    /// <summary>Counts all pairs anew before each merge; the tokens of each piece are joined by '|'.</summary>
    private static (List<(string, string)> Merges, IEnumerable<string> Tokens) Plain(List<string> pieces, int most)
    {
        var cut = pieces.Select(piece => Encodings.UTF8.GetBytes(piece).Select(value => ((char)value).ToString()).ToList()).ToList();
        var age = Enumerable.Range(0, 256).ToDictionary(value => ((char)value).ToString(), value => value);
        var merges = new List<(string, string)>();
        while (merges.Count < most)
        {
            var best = cut.SelectMany(tokens => tokens.Zip(tokens.Skip(1))).CountBy(pair => pair)
                .Where(pair => pair.Value > 1 && !age.ContainsKey(pair.Key.First + pair.Key.Second))
                .OrderByDescending(pair => pair.Value).ThenBy(pair => age[pair.Key.First]).ThenBy(pair => age[pair.Key.Second])
                .Select(pair => pair.Key).FirstOrDefault();
            if (best == default) break;
            merges.Add(best);
            age.Add(best.First + best.Second, age.Count);
            foreach (var tokens in cut)
            {
                for (var i = 0; i + 1 < tokens.Count; i++)
                {
                    if ((tokens[i], tokens[i + 1]) != best) continue;
                    tokens[i] += tokens[i + 1];
                    tokens.RemoveAt(i + 1);
                }
            }
        }

        return (merges, cut.Select(tokens => string.Join('|', tokens)));
    }

    /// <summary>A text of so many different characters at most, spaces and line feeds among them.</summary>
    private static string Random(int seed, int length, int letters)
    {
        var random = new PortableRandom((ulong)seed);
        var text = new StringBuilder();
        for (var i = 0; i < length; i++)
        {
            var value = 'a' + (int)random.NextBelow(letters);
            text.Append(random.NextBelow(6) == 0 ? " " : random.NextBelow(30) == 0 ? "\n" : Rune.IsValid(value) ? new Rune(value).ToString() : "?");
        }

        return text.ToString();
    }
}
