using System.Diagnostics;
using RnnTrain.Data.Encoding;
using RnnTrain.Numerics;

namespace RnnTrain.Tests.Data.Encoding;

public sealed class UnicodeWordsTests
{
    private static readonly WordOptions Unicode = new() { Cut = WordCut.Unicode };

    [Theory]
    [InlineData("Don't stop: it's 3.5 or 1,000 (no!).", "Don't|stop|:|it's|3.5|or|1,000|(|no|!|)|.")]
    [InlineData("l’homme, T-Shirt... Hin- und Rückfahrt -- -x", "l’homme|,|T-Shirt|...|Hin-|und|Rückfahrt|--|-|x")]
    [InlineData("'tis the dogs' \"U.S.A.\" e.g. at 10:30, a:b a,b", "'|tis|the|dogs|'|\"|U.S.A|.|\"|e.g|.|at|10:30|,|a|:|b|a|,|b")]
    [InlineData("e\u0301a\u0308\u0323b \u0301x a\u00ADb me@x.org #tag_1 $5 50%!!?", "e\u0301a\u0308\u0323b|\u0301x|a\u00ADb|me|@|x.org|#|tag_1|$|5|50|%|!!|?")]
    [InlineData("日本語を コーヒーpizza 𠀀a 한국어 안녕", "日|本|語|を|コーヒーpizza|𠀀|a|한국어|안녕")]
    [InlineData("नमस्ते دنیا می‌روم ไทย", "नमस्ते|دنیا|می‌روم|ไทย")]
    [InlineData("👩‍👩‍👧😀😀 🇩🇪🇫🇷 👍🏽! 1️⃣ *\u0301**\u0301", "👩‍👩‍👧|😀|😀|🇩🇪|🇫🇷|👍🏽|!|1️⃣|*\u0301|*|*\u0301")]
    [InlineData("((a)) \"\"x <unk>,<unks>", "(|(|a|)|)|\"|\"|x|<unk>|,|<|unks|>")]
    public void Signs_stand_apart_and_what_belongs_to_a_word_does_not(string text, string expected) => Assert.Equal(expected.Split('|'), Words(Unicode, text));

    [Fact]
    public void What_is_no_character_stands_apart_too() =>
        Assert.Equal(["\0", "\u0001", "a", "\uD800", "b", "\uDC00"], Words(Unicode, "\0\u0001 a\uD800b \uDC00"));

    [Fact]
    public void Nothing_but_white_space_is_lost()
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            var random = new PortableRandom((ulong)seed);
            var text = string.Concat(Enumerable.Range(0, 120).Select(_ => Any(random)));
            Assert.Equal(string.Concat(text.Where(c => !char.IsWhiteSpace(c))), string.Concat(Words(new WordOptions { Cut = WordCut.Unicode, Unknown = null }, text)));
        }
    }

    [Theory]
    [InlineData("'")]
    [InlineData("a'")]
    [InlineData("-\u0301")]
    [InlineData("1,")]
    [InlineData("\"")]
    [InlineData("👩‍")]
    [InlineData("日")]
    public void The_time_grows_with_the_length_of_the_text_alone(string unit)
    {
        var text = string.Concat(Enumerable.Repeat(unit, 1_000_000 / unit.Length));
        var clock = Stopwatch.StartNew();
        Assert.NotEmpty(Words(Unicode, text));
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 10); // a cut that looks back would take hours
    }

    [Fact]
    public void Digits_become_zeros_and_letters_small_in_either_way_of_cutting()
    {
        const string text = "In 1999 WE had 3.5٣ x2";
        Assert.Equal(["in", "0000", "we", "had", "0.00", "x0"], Words(Unicode with { ZeroDigits = true, LowerCase = true }, text));
        Assert.Equal(["In", "0000", "WE", "had", "0.00", "x0"], Words(new WordOptions { ZeroDigits = true }, text));
    }

    [Theory]
    [InlineData("Don't stop: it's 3.5 (no!). \"So,\" he said, 'well...' the boys' ball, 50% of $5 and/or T-Shirts?")]
    [InlineData("Er sagte: „Hin- und Rückfahrt“, ‚ja‘ – und «nein».")]
    [InlineData("日本語を、読む。 And more…")]
    [InlineData("¿Qué? ¡No! 👩‍👩‍👧 [a] {b} \"c\" \"d\"")]
    public void Decoded_words_have_spaces_where_people_put_them(string text)
    {
        var (tokenizer, vocabulary) = Learn(Unicode, text);
        Assert.Equal(text, tokenizer.Decoder(vocabulary).Decode(new TextEncoder(tokenizer, vocabulary).Encode(text)));
    }

    [Fact]
    public void A_quotation_ends_with_its_line()
    {
        const string text = "a \"b c\n\"d\" e\n";
        var (tokenizer, vocabulary) = Learn(Unicode with { EndOfLine = "<eos>" }, text);
        var decoder = tokenizer.Decoder(vocabulary);
        var ids = new TextEncoder(tokenizer, vocabulary).Encode(text);
        Assert.Equal(text, decoder.Decode(ids));
        Assert.Equal(text, decoder.Decode(ids)); // it stands at a new beginning
        Assert.Equal("<unk>", vocabulary.Symbols[new TextEncoder(tokenizer, vocabulary).Encode("never")[0]]);
    }

    private static string Any(PortableRandom random)
    {
        var value = random.NextBelow(4) switch
        {
            0 => random.NextBelow(0x80),
            1 => random.NextBelow(0x3200),
            2 => "'-., \n\u0301\u200D"[(int)random.NextBelow(8)],
            _ => random.NextBelow(0x20000),
        };
        return value is >= 0xD800 and < 0xE000 ? ((char)value).ToString() : char.ConvertFromUtf32((int)value);
    }

    private static (WordTokenizer Tokenizer, Vocabulary Vocabulary) Learn(WordOptions options, string text)
    {
        var tokenizer = new WordTokenizer(options);
        var counts = Words(options, text).CountBy(word => word).ToList();
        return (tokenizer, tokenizer.Learn(new SymbolCounts([.. counts.Select(pair => pair.Key)], [.. counts.Select(pair => (long)pair.Value)])));
    }

    private static List<string> Words(WordOptions options, string text)
    {
        var tokenizer = new WordTokenizer(options);
        var prepared = tokenizer.Prepare(text);
        var words = new List<string>();
        var position = 0;
        while (tokenizer.TryNext(prepared, isWhole: true, ref position, out var word)) words.Add(word.ToString());
        return words;
    }
}
