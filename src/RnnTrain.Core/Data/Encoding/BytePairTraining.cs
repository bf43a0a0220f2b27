namespace RnnTrain.Data.Encoding;

/// <summary>
/// The learning of byte-pair merges (Gage, "A new algorithm for data compression", 1994; of words: Sennrich, Haddow and Birch, "Neural machine
/// translation of rare words with subword units", 2016): again and again the pair of neighbours that occurs most often becomes one symbol.
/// <para>
/// Of several such pairs the one whose symbols were made first is taken. A pair whose bytes together are a symbol already is left out, so that each
/// symbol is made in one way. A merge visits only the pieces that hold the pair, and a heap knows which comes next.
/// </para>
/// </summary>
internal sealed class BytePairTraining
{
    private const long FewestOccurrences = 2; // what occurs once is no pattern

    private readonly List<Word> words = [];
    private readonly List<string> symbols = [.. Enumerable.Range(0, 256).Select(value => ((char)value).ToString())];
    private readonly List<(int Left, int Right)> merges = [];
    private readonly HashSet<string> made = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Left, int Right), Pair> pairs = [];
    private readonly PriorityQueue<(int Left, int Right), Rank> queue = new();
    private readonly Dictionary<(int Left, int Right), long> changes = []; // of one merge, used again

    private BytePairTraining(SymbolCounts counts)
    {
        for (var i = 0; i < counts.Symbols.Count; i++)
        {
            if (counts.Training[i] == 0) continue;
            var word = new Word([.. System.Text.Encoding.UTF8.GetBytes(counts.Symbols[i]).Select(value => (int)value)], counts.Training[i]);
            words.Add(word);
            Count(word, +1, isNew: static (_, _) => true);
        }

        ApplyChanges();
    }

    /// <summary>The vocabulary of all bytes and of what was merged, most frequent first.</summary>
    /// <param name="counts">The pieces of the training text.</param>
    /// <param name="most">Merges; fewer where no pair occurs twice.</param>
    /// <param name="isLowerCase">Whether the pieces are of a text in lower case.</param>
    public static Vocabulary Learn(SymbolCounts counts, int most, bool isLowerCase)
    {
        var training = new BytePairTraining(counts);
        while (training.merges.Count < most && training.Next() is { } pair) training.Merge(pair.Left, pair.Right);
        return training.Vocabulary(isLowerCase);
    }

    private (int Left, int Right)? Next()
    {
        while (queue.TryDequeue(out var pair, out var rank))
        {
            if (pairs[pair].Count == rank.Count && !made.Contains(symbols[pair.Left] + symbols[pair.Right])) return pair;
        }

        return null;
    }

    private void Merge(int left, int right)
    {
        var result = symbols.Count;
        symbols.Add(symbols[left] + symbols[right]);
        made.Add(symbols[result]);
        merges.Add((left, right));
        var holders = pairs[(left, right)].Words;
        pairs[(left, right)].Words = [];
        foreach (var word in holders)
        {
            if (!word.Holds(left, right)) continue; // it did once
            Count(word, -1, isNew: static (_, _) => false);
            word.Merge(left, right, result);
            Count(word, +1, isNew: (first, second) => first == result || second == result);
        }

        ApplyChanges();
    }

    /// <summary>Counts the pairs of a word in or out; it is listed with those that are new to it.</summary>
    private void Count(Word word, int sign, Func<int, int, bool> isNew)
    {
        for (var i = 1; i < word.Symbols.Length; i++)
        {
            var key = (word.Symbols[i - 1], word.Symbols[i]);
            changes[key] = changes.GetValueOrDefault(key) + (sign * word.Occurrences);
            if (sign < 0 || !isNew(key.Item1, key.Item2)) continue;
            if (!pairs.TryGetValue(key, out var pair)) pairs.Add(key, pair = new Pair());
            if (pair.Words.Count == 0 || pair.Words[^1] != word) pair.Words.Add(word);
        }
    }

    private void ApplyChanges()
    {
        foreach (var (key, change) in changes)
        {
            if (change == 0) continue;
            var pair = pairs[key];
            pair.Count += change;
            if (pair.Count >= FewestOccurrences) queue.Enqueue(key, new Rank(pair.Count, key.Left, key.Right));
        }

        changes.Clear();
    }

    private Vocabulary Vocabulary(bool isLowerCase)
    {
        var occurrences = new long[symbols.Count];
        foreach (var word in words)
        {
            foreach (var symbol in word.Symbols) occurrences[symbol] += word.Occurrences;
        }

        int[] order = [.. Enumerable.Range(0, symbols.Count).OrderByDescending(symbol => occurrences[symbol])]; // equal ones as they were made
        var ids = new int[order.Length];
        for (var id = 0; id < order.Length; id++) ids[order[id]] = id;
        return new Vocabulary([.. order.Select(symbol => symbols[symbol])], [.. order.Select(symbol => occurrences[symbol])], unknown: null)
        {
            Merges = new BytePairMerges(isLowerCase, [.. merges.Select(pair => (ids[pair.Left], ids[pair.Right]))]),
        };
    }

    /// <summary>A piece of the text.</summary>
    private sealed class Word(int[] symbols, long occurrences)
    {
        public int[] Symbols { get; private set; } = symbols;

        public long Occurrences { get; } = occurrences;

        public bool Holds(int left, int right)
        {
            for (var i = 1; i < Symbols.Length; i++)
            {
                if (Symbols[i - 1] == left && Symbols[i] == right) return true;
            }

            return false;
        }

        public void Merge(int left, int right, int result)
        {
            var count = 0;
            for (var i = 0; i < Symbols.Length; i++)
            {
                var stands = i + 1 < Symbols.Length && Symbols[i] == left && Symbols[i + 1] == right;
                Symbols[count++] = stands ? result : Symbols[i];
                if (stands) i++;
            }

            Symbols = Symbols[..count];
        }
    }

    /// <summary>Two neighbours: how often they occur, and the words that hold them, or did once.</summary>
    private sealed class Pair
    {
        public long Count { get; set; }

        public List<Word> Words { get; set; } = [];
    }

    /// <summary>The most frequent pair comes first, of equals the one whose symbols were made first.</summary>
    private readonly record struct Rank(long Count, int Left, int Right) : IComparable<Rank>
    {
        public int CompareTo(Rank other) => (other.Count, Left, Right).CompareTo((Count, other.Left, other.Right));
    }
}
