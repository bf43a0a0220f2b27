using RnnTrain.Configuration;

namespace RnnTrain.Data.Encoding;

[Describe("Words: what stands between white space, or words and punctuation marks as Unicode knows them.")]
public sealed record WordOptions : TokenOptions
{
    public override bool KeepsWords => true;

    [Describe("The symbol that ends every line, for instance <eos>; lines are nothing of their own if absent.")]
    public string? EndOfLine { get; init; }

    [Describe("How a text is cut into words.")]
    public WordCut Cut { get; init; } = WordCut.WhiteSpace;

    [Describe("Write every digit as 0, so that numbers of one length are one word.")]
    public bool ZeroDigits { get; init; }

    [Describe("Turn the text into lower case.")]
    public bool LowerCase { get; init; }

    [Describe("Words that occur less often in the training text become the unknown symbol.")]
    [Bounds(1)]
    public int MinimumCount { get; init; } = 1;

    [Describe("The most symbols there may be, the most frequent first, end of line and unknown symbol among them; no limit if absent.")]
    [Bounds(2)]
    public int? MaximumSize { get; init; }

    [Describe("The symbol that stands for words outside the vocabulary. Where the text holds it already, as Penn Treebank does, it is that word.")]
    public string? Unknown { get; init; } = "<unk>";
}

/// <summary>How a text is cut into words.</summary>
public enum WordCut
{
    [Describe("At white space alone: for text that was cut before, as Penn Treebank.")]
    WhiteSpace,

    [Describe("At white space, and punctuation marks and other signs stand apart: don't and T-shirt are one word, 3.5 too, (no!) is four. Decoding puts spaces where people do.")]
    Unicode,
}

/// <summary>
/// Words: what stands between white space, or of that what <see cref="UnicodeWords"/> cuts. Where an end-of-line symbol is wanted, it
/// follows the words of every line, those of an empty line too, and of a last line that no line feed ends. Neither this symbol nor the unknown one
/// is lower-cased, and where the text holds the unknown symbol it is never cut.
/// </summary>
public sealed class WordTokenizer(WordOptions options) : ITokenizer
{
    public string Unit => "word";

    public bool PromptMayHoldUnknown => true;

    public string Prepare(string text)
    {
        var cased = options.LowerCase ? text.ToLowerInvariant() : text;
        return options.ZeroDigits ? WithoutDigits(cased) : cased;
    }

    public bool TryNext(ReadOnlySpan<char> text, bool isWhole, ref int position, out ReadOnlySpan<char> symbol)
    {
        symbol = default;
        if (position > text.Length) return false;
        var endsLines = options.EndOfLine is not null;
        while (position < text.Length && char.IsWhiteSpace(text[position]))
        {
            if (text[position++] != '\n' || !endsLines) continue;
            symbol = options.EndOfLine;
            return true;
        }

        var start = position;
        position += Length(text[position..]);
        symbol = text[start..position];
        if (!symbol.IsEmpty) return true;

        // At the end. One further step, past the text, ends a last line that no line feed has ended.
        if (position != text.Length || !endsLines || !isWhole || text.IsEmpty || text[^1] == '\n') return false;
        position++;
        symbol = options.EndOfLine;
        return true;
    }

    public string Show(string symbol) => $"'{symbol}'";

    public Vocabulary Learn(SymbolCounts counts) =>
        new VocabularyLimits
        {
            MinimumCount = options.MinimumCount,
            MaximumSize = options.MaximumSize,
            Unknown = options.Unknown,
            UnknownAlways = options.Unknown is not null,
            Kept = options.EndOfLine,
        }.Choose(counts, this);

    public ITokenDecoder Decoder(Vocabulary vocabulary) => options.Cut == WordCut.Unicode
        ? new ReadableWordDecoder(vocabulary, options.EndOfLine)
        : new WordDecoder(vocabulary, options.EndOfLine);

    /// <summary>How many characters the word has with which a text begins.</summary>
    private int Length(ReadOnlySpan<char> text)
    {
        var isUnicode = options.Cut == WordCut.Unicode;
        if (isUnicode && options.Unknown is { } unknown && text.StartsWith(unknown, StringComparison.Ordinal)) return unknown.Length;
        if (isUnicode) return UnicodeWords.Next(text);
        var length = 0;
        while (length < text.Length && !char.IsWhiteSpace(text[length])) length++;
        return length;
    }

    private static string WithoutDigits(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('0', '9') && !text.Any(char.IsDigit)) return text;
        return string.Create(text.Length, text, static (zeroed, from) =>
        {
            for (var i = 0; i < zeroed.Length; i++) zeroed[i] = char.IsDigit(from[i]) ? '0' : from[i];
        });
    }

    /// <summary>A space stands between the words of a line; the end-of-line symbol is written as a line feed.</summary>
    private sealed class WordDecoder(Vocabulary vocabulary, string? endOfLine) : ITokenDecoder
    {
        private bool isAtStart = true;

        public string Next(int id)
        {
            var word = vocabulary.Symbols[id];
            var space = isAtStart ? "" : " ";
            isAtStart = word == endOfLine;
            return isAtStart ? "\n" : space + word;
        }

        public string Finish()
        {
            isAtStart = true;
            return "";
        }
    }
}
