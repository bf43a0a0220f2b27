using System.Text;
using RnnTrain.Configuration;

namespace RnnTrain.Data.Encoding;

[Describe("Unicode characters (scalar values).")]
public sealed record CharacterOptions : TokenOptions
{
    [Describe("Characters that occur less often in the training text become the unknown symbol.")]
    [Bounds(1)]
    public int MinimumCount { get; init; } = 1;

    [Describe("The most symbols there may be, the most frequent first; no limit if absent.")]
    [Bounds(2)]
    public int? MaximumSize { get; init; }
}

/// <summary>
/// Unicode scalar values: the two halves of a surrogate pair stay together. There is an unknown symbol only where it is needed: where
/// limits leave characters out, or held-out text holds characters that the training text does not.
/// </summary>
public sealed class CharacterTokenizer(CharacterOptions options) : ITokenizer
{
    // Longer than any one character, so that it cannot be confused with one.
    private const string Unknown = "<unk>";

    public string Unit => "character";

    public bool PromptMayHoldUnknown => false;

    public string Prepare(string text) => text;

    public bool TryNext(ReadOnlySpan<char> text, bool isWhole, ref int position, out ReadOnlySpan<char> symbol)
    {
        symbol = default;
        if (position >= text.Length) return false;
        var isPair = char.IsHighSurrogate(text[position]) && position + 1 < text.Length && char.IsLowSurrogate(text[position + 1]);
        symbol = text.Slice(position, isPair ? 2 : 1);
        position += symbol.Length;
        return true;
    }

    public string Show(string symbol)
    {
        var value = Rune.TryGetRuneAt(symbol, 0, out var rune) ? rune.Value : symbol[0];
        var isVisible = Rune.IsValid(value) && !Rune.IsControl(rune) && !Rune.IsWhiteSpace(rune);
        return isVisible ? $"'{symbol}' (U+{value:X4})" : $"U+{value:X4}";
    }

    public Vocabulary Learn(SymbolCounts counts) =>
        new VocabularyLimits
        {
            MinimumCount = options.MinimumCount,
            MaximumSize = options.MaximumSize,
            Unknown = Unknown,
            UnknownAlways = counts.ExpectsUnseen,
        }.Choose(counts, this);

    public ITokenDecoder Decoder(Vocabulary vocabulary) => new CharacterDecoder(vocabulary);

    /// <summary>Characters follow one another; the unknown symbol is written as U+FFFD.</summary>
    private sealed class CharacterDecoder(Vocabulary vocabulary) : ITokenDecoder
    {
        public string Next(int id) => id == vocabulary.UnknownId ? "\uFFFD" : vocabulary.Symbols[id];

        public string Finish() => "";
    }
}
