namespace RnnTrain.Data.Encoding;

/// <summary>Turns text into the ids that a model reads or writes, and back. What the vocabulary lacks becomes its unknown symbol, and is counted.</summary>
public sealed class TextEncoder(ITokenizer tokenizer, Vocabulary vocabulary)
{
    public Vocabulary Vocabulary => vocabulary;

    /// <summary>What one token is called, in the singular.</summary>
    public string Unit => tokenizer.Unit;

    /// <summary>Tokens that the vocabulary lacked so far.</summary>
    public long Unknown { get; private set; }

    /// <summary>The ids of a text.</summary>
    /// <exception cref="Configuration.UserMistakeException">A symbol is not in the vocabulary and nothing stands for it.</exception>
    public int[] Encode(string text)
    {
        var ids = new List<int>();
        var prepared = tokenizer.Prepare(text);
        var position = 0;
        while (tokenizer.TryNext(prepared, isWhole: true, ref position, out var symbol)) ids.Add(IdOf(symbol));
        return [.. ids];
    }

    /// <summary>The ids of words that are cut already: one each.</summary>
    /// <inheritdoc cref="Encode"/>
    public int[] EncodeWords(IReadOnlyList<string> words) => [.. words.Select(word => IdOf(tokenizer.Prepare(word)))];

    /// <summary>The text of ids of the vocabulary.</summary>
    public string Decode(IEnumerable<int> ids) => tokenizer.Decoder(vocabulary).Decode(ids);

    private int IdOf(ReadOnlySpan<char> symbol)
    {
        if (vocabulary.TryGetId(symbol, out var id)) return id;
        Unknown++;
        return vocabulary.UnknownId ?? throw new Configuration.UserMistakeException(
            $"data.tokens: the vocabulary lacks the {tokenizer.Unit} {tokenizer.Show(symbol.ToString())}, and there is no unknown symbol; set data.tokens.unknown, for instance to <unk>");
    }
}
