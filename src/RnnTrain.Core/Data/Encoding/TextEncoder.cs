using System.Text;

namespace RnnTrain.Data.Encoding;

/// <summary>Turns text into the ids that a model reads or writes, and back. What the vocabulary lacks becomes its unknown symbol, and is counted.</summary>
/// <remarks>One thread at a time.</remarks>
public sealed class TextEncoder(ITokenizer tokenizer, Vocabulary vocabulary)
{
    private readonly ITokenEncoder encoder = tokenizer.Encoder(vocabulary);
    private readonly List<int> ids = []; // of one text, used again

    public Vocabulary Vocabulary => vocabulary;

    /// <summary>What one token is called, in the singular.</summary>
    public string Unit => tokenizer.Unit;

    /// <summary>Tokens that the vocabulary lacked so far.</summary>
    public long Unknown { get; private set; }

    /// <summary>The ids of a text.</summary>
    /// <exception cref="Configuration.UserMistakeException">A symbol is not in the vocabulary and nothing stands for it.</exception>
    public int[] Encode(string text)
    {
        ids.Clear();
        var prepared = tokenizer.Prepare(text);
        var position = 0;
        while (tokenizer.TryNext(prepared, isWhole: true, ref position, out var piece))
        {
            var known = encoder.Encode(piece);
            if (known.IsEmpty) ids.Add(UnknownId(piece));
            else ids.AddRange(known);
        }

        return [.. ids];
    }

    /// <summary>The ids of words that are cut already: one each, so that tokens must be words.</summary>
    /// <inheritdoc cref="Encode"/>
    public int[] EncodeWords(IReadOnlyList<string> words) => [.. words.Select(IdOf)];

    /// <summary>The text of ids of the vocabulary.</summary>
    public string Decode(IEnumerable<int> tokens) => tokenizer.Decoder(vocabulary).Decode(tokens);

    /// <summary>The text of ids of the vocabulary, other words standing where it has the unknown symbol.</summary>
    /// <param name="tokens">The ids.</param>
    /// <param name="known">The word for an unknown symbol, by its place among the tokens.</param>
    public string Decode(IReadOnlyList<int> tokens, Func<int, string> known)
    {
        if (vocabulary.UnknownId is not { } unknown) return Decode(tokens);
        var decoder = tokenizer.Decoder(vocabulary);
        var text = new StringBuilder();
        for (var place = 0; place < tokens.Count; place++)
        {
            var piece = decoder.Next(tokens[place]); // with what stands between it and the word before
            text.Append(tokens[place] == unknown ? piece.Replace(Spelled(unknown), known(place)) : piece);
        }

        return text.Append(decoder.Finish()).ToString();
    }

    /// <summary>What people see of each id of <see cref="Encode"/>; of a symbol that the vocabulary lacks, that symbol.</summary>
    public IReadOnlyList<string> Shown(string text)
    {
        List<string> shown = [];
        var prepared = tokenizer.Prepare(text);
        var position = 0;
        while (tokenizer.TryNext(prepared, isWhole: true, ref position, out var piece))
        {
            var known = encoder.Encode(piece);
            if (known.IsEmpty) shown.Add(piece.ToString());
            foreach (var id in known) shown.Add(Shown(id));
        }

        return shown;
    }

    /// <summary>What people see of an id.</summary>
    public string Shown(int id) => Spelled(id) is { Length: > 0 } text ? text : tokenizer.Show(vocabulary.Symbols[id]);

    /// <summary>An id as it stands in a text, without white space around it.</summary>
    private string Spelled(int id) => tokenizer.Decoder(vocabulary).Next(id).Trim();

    private int IdOf(string word)
    {
        var prepared = tokenizer.Prepare(word);
        return vocabulary.TryGetId(prepared, out var id) ? id : UnknownId(prepared);
    }

    private int UnknownId(ReadOnlySpan<char> symbol)
    {
        Unknown++;
        return vocabulary.UnknownId ?? throw new Configuration.UserMistakeException(
            $"data.tokens: the vocabulary lacks the {tokenizer.Unit} {tokenizer.Show(symbol.ToString())}, and there is no unknown symbol; set data.tokens.unknown, for instance to <unk>");
    }
}
