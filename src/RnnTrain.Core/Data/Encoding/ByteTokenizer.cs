using RnnTrain.Configuration;

namespace RnnTrain.Data.Encoding;

[Describe("The bytes of the UTF-8 text; always 256 symbols, so that no text is unknown.")]
public sealed record ByteOptions : TokenOptions;

/// <summary>
/// The bytes of the text in UTF-8. The vocabulary is always all 256, a byte's id being its value. A symbol is the one character
/// U+0000 to U+00FF of the byte's value.
/// </summary>
public sealed class ByteTokenizer : ITokenizer
{
    public string Unit => "byte";

    public bool PromptMayHoldUnknown => false;

    public string Prepare(string text) => System.Text.Encoding.Latin1.GetString(System.Text.Encoding.UTF8.GetBytes(text));

    public bool TryNext(ReadOnlySpan<char> text, bool isWhole, ref int position, out ReadOnlySpan<char> symbol)
    {
        symbol = default;
        if (position >= text.Length) return false;
        symbol = text.Slice(position++, 1);
        return true;
    }

    public string Show(string symbol) => char.IsBetween(symbol[0], '!', '~') ? $"0x{(int)symbol[0]:X2} ('{symbol}')" : $"0x{(int)symbol[0]:X2}";

    public Vocabulary Learn(SymbolCounts counts)
    {
        var all = new long[256];
        for (var i = 0; i < counts.Symbols.Count; i++) all[counts.Symbols[i][0]] = counts.Training[i];
        if (all.Count(count => count > 0) < 2)
            throw new UserMistakeException("data.train: the text is one byte over and over, so there is nothing to predict");
        return new Vocabulary([.. Enumerable.Range(0, 256).Select(value => ((char)value).ToString())], all, unknown: null);
    }

    public ITokenDecoder Decoder(Vocabulary vocabulary) => new ByteDecoder(vocabulary);
}
