namespace RnnTrain.Data.Encoding;

/// <summary>
/// The symbols a model knows and their ids, 0 to <see cref="Size"/> − 1. Characters and words come by how often they occur in the
/// training text, most frequent first, ties in ordinal order; bytes come by their value; tokens of byte-pair encoding come most frequent
/// first too, ties in the order in which they were made.
/// </summary>
public sealed class Vocabulary
{
    private readonly Dictionary<string, int> ids;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup;

    /// <param name="symbols">The symbols, all different, in the order of their ids.</param>
    /// <param name="counts">How often each occurs in the training text.</param>
    /// <param name="unknown">The symbol, one of them, that stands for all others; null where there is none.</param>
    /// <exception cref="ArgumentException">The arguments contradict each other.</exception>
    public Vocabulary(IReadOnlyList<string> symbols, IReadOnlyList<long> counts, string? unknown)
    {
        if (symbols.Count != counts.Count) throw new ArgumentException($"{symbols.Count} symbols, but {counts.Count} counts");
        ids = new Dictionary<string, int>(symbols.Count, StringComparer.Ordinal);
        lookup = ids.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var id = 0; id < symbols.Count; id++)
        {
            if (!ids.TryAdd(symbols[id], id)) throw new ArgumentException($"the symbol '{symbols[id]}' comes twice");
        }

        Symbols = symbols;
        Counts = counts;
        UnknownId = unknown is null ? null
            : ids.TryGetValue(unknown, out var unknownId) ? unknownId
            : throw new ArgumentException($"the unknown symbol '{unknown}' is not among the symbols");
    }

    /// <summary>How many symbols there are.</summary>
    public int Size => Symbols.Count;

    /// <summary>The symbols in the order of their ids.</summary>
    public IReadOnlyList<string> Symbols { get; }

    /// <summary>How often each symbol occurs in the training text, in the order of the ids; for the unknown one, what it stands for included.</summary>
    public IReadOnlyList<long> Counts { get; }

    /// <summary>The id that stands for every symbol that is not among <see cref="Symbols"/>; null where there is none.</summary>
    public int? UnknownId { get; }

    /// <summary>The merges by which byte-pair encoding makes its symbols of bytes; null where symbols are not made.</summary>
    public BytePairMerges? Merges { get; init; }

    public bool TryGetId(ReadOnlySpan<char> symbol, out int id) => lookup.TryGetValue(symbol, out id);
}
