using RnnTrain.Configuration;

namespace RnnTrain.Data.Encoding;

/// <summary>The beginning of a text that a model is to continue.</summary>
public static class Prompt
{
    private const int MostNamed = 5;

    /// <summary>
    /// The prompt's ids. A symbol that the model has never seen in training is a mistake: its embedding is what chance made it. Words
    /// are an exception where the model has learned the unknown symbol.
    /// </summary>
    /// <exception cref="UserMistakeException">The prompt holds symbols that the model has never seen; names them.</exception>
    public static int[] Encode(ITokenizer tokenizer, Vocabulary vocabulary, string prompt)
    {
        var text = tokenizer.Prepare(prompt);
        var encoder = tokenizer.Encoder(vocabulary);
        var ids = new List<int>();
        var unseen = new List<string>();
        var position = 0;
        int? fallback = tokenizer.PromptMayHoldUnknown && vocabulary.UnknownId is { } unknown && vocabulary.Counts[unknown] > 0 ? unknown : null;
        while (tokenizer.TryNext(text, isWhole: false, ref position, out var piece))
        {
            var known = encoder.Encode(piece);
            foreach (var id in known)
            {
                if (encoder.IsKnown(id)) ids.Add(id);
                else AddUnseen(vocabulary.Symbols[id]);
            }

            if (known.IsEmpty) AddUnseen(piece.ToString());
        }

        if (unseen.Count == 0) return [.. ids];
        var more = unseen.Count > MostNamed ? $" and {unseen.Count - MostNamed} more" : "";
        throw new UserMistakeException(
            $"prompt: the model has never seen {string.Join(", ", unseen.Take(MostNamed))}{more}; use what its training text holds");

        void AddUnseen(string symbol)
        {
            if (fallback is { } stand) ids.Add(stand);
            else unseen.Add($"{tokenizer.Show(symbol)} at {tokenizer.Unit} {ids.Count + unseen.Count + 1}");
        }
    }
}
