using RnnTrain.Configuration;

namespace RnnTrain.Data.Encoding;

[Describe("Byte-pair encoding of the UTF-8 bytes (Sennrich et al. 2016): a frequent word is one token, a rare one several; no text is unknown, and every text comes back exactly.")]
public sealed record BytePairOptions : TokenOptions
{
    private const int DefaultMerges = 8000;
    private const int Bytes = 256;

    [Describe("How many pairs are merged, each into a further token besides the 256 bytes; fewer where no pair occurs twice. 8000 if none of merges, vocabulary_size and file is given.")]
    [Bounds(1)]
    public int? Merges { get; init; }

    [Describe("How many different tokens there are, in place of merges.")]
    [Bounds(Bytes + 1)]
    public int? VocabularySize { get; init; }

    [Describe("A file that `rnn data tokens` has written, in place of learning from the training text; relative to the current folder.")]
    public string? File { get; init; }

    [Describe("Turn the text into lower case.")]
    public bool LowerCase { get; init; }

    /// <summary>How many pairs are merged where they are learned.</summary>
    public int MostMerges => Merges ?? (VocabularySize - Bytes) ?? DefaultMerges;

    public override IEnumerable<ConfigMistake> Check(string key)
    {
        var given = new[] { ("merges", Merges is not null), ("vocabulary_size", VocabularySize is not null), ("file", File is not null) };
        var names = given.Where(option => option.Item2).Select(option => option.Item1).ToList();
        if (names.Count > 1) yield return new ConfigMistake($"{key}.{names[1]}", $"{names[0]} is given too; give one of the two");
    }
}

/// <summary>
/// Byte-pair encoding. A symbol is a string of bytes, each written as the character U+0000 to U+00FF of its value. All 256 bytes are in the
/// vocabulary, so there is no unknown symbol.
/// </summary>
public sealed class BytePairTokenizer(BytePairOptions options) : ITokenizer
{
    public string Unit => "token";

    public bool PromptMayHoldUnknown => false;

    public string Prepare(string text) => options.LowerCase ? text.ToLowerInvariant() : text;

    public bool TryNext(ReadOnlySpan<char> text, bool isWhole, ref int position, out ReadOnlySpan<char> piece)
    {
        piece = text.Slice(position, TextPieces.Next(text[position..]));
        position += piece.Length;
        return piece.Length > 0;
    }

    public string Show(string symbol)
    {
        var bytes = System.Text.Encoding.Latin1.GetBytes(symbol);
        var text = System.Text.Encoding.UTF8.GetString(bytes);
        return text.Any(c => c == '\uFFFD' || char.IsControl(c)) ? $"0x{Convert.ToHexString(bytes)}" : $"'{text}'";
    }

    public Vocabulary Learn(SymbolCounts counts)
    {
        if (options.File is { } file) return Load(file);
        var vocabulary = BytePairTraining.Learn(counts, options.MostMerges, options.LowerCase);
        if (vocabulary.Counts.Count(count => count > 0) > 1) return vocabulary;
        throw new UserMistakeException($"data.train: the text is one token over and over, {Show(vocabulary.Symbols[0])}, so there is nothing to predict");
    }

    public ITokenEncoder Encoder(Vocabulary vocabulary) => new BytePairEncoder(vocabulary);

    public ITokenDecoder Decoder(Vocabulary vocabulary) => new ByteDecoder(vocabulary);

    private Vocabulary Load(string file)
    {
        var vocabulary = VocabularyFile.Load(file);
        if (vocabulary.Merges is not { } merges)
            throw new UserMistakeException($"data.tokens.file: {file} holds no merges, so it is not of byte-pair encoding; write one with rnn data tokens");
        if (merges.IsLowerCase == options.LowerCase) return vocabulary;
        throw new UserMistakeException($"data.tokens.lower_case: {file} was learned from a text {(merges.IsLowerCase ? "in" : "that was not turned into")} lower case; "
            + $"set lower_case to {(merges.IsLowerCase ? "true" : "false")}");
    }
}
