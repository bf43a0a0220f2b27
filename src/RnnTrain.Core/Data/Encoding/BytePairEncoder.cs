namespace RnnTrain.Data.Encoding;

/// <summary>
/// The encoder of byte-pair encoding: of a piece's bytes, the pair that was learned first is merged wherever it stands, from left to right,
/// until no pair is left that was learned. A token that the training text never has, since it was always merged further, is
/// taken apart again, so that a model need not read what it never saw. Frequent pieces are remembered.
/// </summary>
public sealed class BytePairEncoder : ITokenEncoder
{
    private const int MostRemembered = 1 << 17;

    private readonly Vocabulary vocabulary;
    private readonly int[] bytes; // the id of each byte
    private readonly bool[] isKnown = new bool[256]; // whether a byte is in any token of the training text
    private readonly int[] results; // what each merge makes
    private readonly Dictionary<(int Left, int Right), int> merges = []; // the number of the merge of a pair
    private readonly int[]?[] parts; // of each id, where it is to be taken apart
    private readonly Dictionary<string, int[]> remembered = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> lookup;

    /// <param name="vocabulary">With its merges.</param>
    public BytePairEncoder(Vocabulary vocabulary)
    {
        var learned = vocabulary.Merges ?? throw new ArgumentException("a vocabulary without merges", nameof(vocabulary));
        this.vocabulary = vocabulary;
        bytes = BytePairMerges.BytesOf(vocabulary);
        results = learned.ResultsIn(vocabulary);
        for (var merge = 0; merge < results.Length; merge++) merges.TryAdd(learned.Pairs[merge], merge);
        parts = new int[vocabulary.Size][];
        for (var merge = 0; merge < results.Length; merge++)
        {
            var (left, right) = learned.Pairs[merge]; // made before, so it is known what they become
            if (vocabulary.Counts[results[merge]] == 0) parts[results[merge]] = [.. Seen(left), .. Seen(right)];
        }

        foreach (var symbol in vocabulary.Symbols.Where((_, id) => vocabulary.Counts[id] > 0))
        {
            foreach (var value in symbol) isKnown[value] = true;
        }

        lookup = remembered.GetAlternateLookup<ReadOnlySpan<char>>();
        int[] Seen(int id) => parts[id] ?? [id];
    }

    public ReadOnlySpan<int> Encode(ReadOnlySpan<char> piece)
    {
        if (lookup.TryGetValue(piece, out var known)) return known;
        if (remembered.Count == MostRemembered) remembered.Clear();
        var found = Merge(piece);
        remembered.Add(piece.ToString(), found);
        return found;
    }

    public bool IsKnown(int id)
    {
        foreach (var value in vocabulary.Symbols[id])
        {
            if (!isKnown[value]) return false;
        }

        return true;
    }

    private int[] Merge(ReadOnlySpan<char> piece)
    {
        var tokens = new int[System.Text.Encoding.UTF8.GetByteCount(piece)];
        var text = new byte[tokens.Length];
        System.Text.Encoding.UTF8.GetBytes(piece, text);
        for (var i = 0; i < tokens.Length; i++) tokens[i] = bytes[text[i]];
        var count = tokens.Length;
        while (FirstLearned(tokens.AsSpan(0, count)) is { } merge) count = Apply(merge, tokens.AsSpan(0, count));

        var isWhole = true;
        for (var i = 0; i < count; i++) isWhole &= parts[tokens[i]] is null;
        return isWhole ? tokens[..count] : [.. tokens.Take(count).SelectMany(token => parts[token] ?? [token])];
    }

    /// <summary>The pair among neighbours that was learned first.</summary>
    private (int Left, int Right, int Merge)? FirstLearned(ReadOnlySpan<int> tokens)
    {
        (int Left, int Right, int Merge)? first = null;
        for (var i = 1; i < tokens.Length; i++)
        {
            if (merges.TryGetValue((tokens[i - 1], tokens[i]), out var merge) && !(merge >= first?.Merge)) first = (tokens[i - 1], tokens[i], merge);
        }

        return first;
    }

    /// <summary>Merges a pair wherever it stands, in place.</summary>
    /// <returns>How many tokens are left.</returns>
    private int Apply((int Left, int Right, int Merge) pair, Span<int> tokens)
    {
        var count = 0;
        for (var i = 0; i < tokens.Length; i++)
        {
            var stands = i + 1 < tokens.Length && tokens[i] == pair.Left && tokens[i + 1] == pair.Right;
            tokens[count++] = stands ? results[pair.Merge] : tokens[i];
            if (stands) i++;
        }

        return count;
    }
}
