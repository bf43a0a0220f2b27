using RnnTrain.Configuration;

namespace RnnTrain.Data.Encoding;

/// <summary>Which symbols of a training text become a vocabulary.</summary>
public sealed record VocabularyLimits
{
    /// <summary>Symbols that occur less often are left out.</summary>
    public int MinimumCount { get; init; } = 1;

    /// <summary>How many symbols there may be, the unknown one among them; no limit if null.</summary>
    public int? MaximumSize { get; init; }

    /// <summary>The symbol that stands for all that are left out; null where there is none.</summary>
    public string? Unknown { get; init; }

    /// <summary>True where the unknown symbol is there even if it stands for nothing yet.</summary>
    public bool UnknownAlways { get; init; }

    /// <summary>A symbol that is never left out when it occurs.</summary>
    public string? Kept { get; init; }

    /// <summary>
    /// The symbols by how often they occur in the training text, most frequent first, ties in ordinal order. What was left out
    /// counts for the unknown symbol, which takes the place that its count gives it.
    /// </summary>
    /// <param name="counts">What occurs.</param>
    /// <param name="tokenizer">Says how tokens are called and shown, for mistakes.</param>
    /// <exception cref="UserMistakeException">Symbols are left out and there is no unknown symbol, or fewer than two symbols remain.</exception>
    public Vocabulary Choose(SymbolCounts counts, ITokenizer tokenizer)
    {
        var all = counts.Symbols.Zip(counts.Training, (symbol, count) => new Entry(symbol, count)).ToList();
        var special = all.Where(entry => entry.Count > 0 && (entry.Symbol == Kept || entry.Symbol == Unknown)).ToList();
        var frequent = InOrder(all.Where(entry => entry.Count >= Math.Max(1, MinimumCount)).Except(special)).ToList();

        var occurs = special.Any(entry => entry.Symbol == Unknown);
        var fits = special.Count + frequent.Count;
        var isNeeded = UnknownAlways || fits < all.Count || fits > MaximumSize;
        var room = (MaximumSize ?? int.MaxValue) - special.Count - (isNeeded && !occurs ? 1 : 0);
        var chosen = special.Concat(frequent.Take(Math.Max(0, room))).ToList();
        if (isNeeded) chosen = WithUnknown(chosen, [.. all.Except(chosen)], tokenizer);

        if (chosen.Count(entry => entry.Count > 0) < 2) throw new UserMistakeException(TooFew(all, tokenizer));
        var ordered = InOrder(chosen).ToList();
        return new Vocabulary(
            [.. ordered.Select(entry => entry.Symbol)], [.. ordered.Select(entry => entry.Count)], isNeeded || occurs ? Unknown : null);
    }

    private static IEnumerable<Entry> InOrder(IEnumerable<Entry> entries) =>
        entries.OrderByDescending(entry => entry.Count).ThenBy(entry => entry.Symbol, StringComparer.Ordinal);

    private List<Entry> WithUnknown(List<Entry> chosen, List<Entry> leftOut, ITokenizer tokenizer)
    {
        if (Unknown is null)
        {
            throw new UserMistakeException($"data.tokens: the vocabulary leaves {leftOut.Count} {tokenizer.Unit}s out, "
                + $"{tokenizer.Show(leftOut[0].Symbol)} for one, and there is no unknown symbol; set data.tokens.unknown, for instance to <unk>");
        }

        var own = chosen.Find(entry => entry.Symbol == Unknown).Count;
        return [.. chosen.Where(entry => entry.Symbol != Unknown), new Entry(Unknown, own + leftOut.Sum(entry => entry.Count))];
    }

    private static string TooFew(List<Entry> all, ITokenizer tokenizer)
    {
        var distinct = all.Where(entry => entry.Count > 0).ToList();
        return distinct.Count == 1
            ? $"data.train: the text is one {tokenizer.Unit} over and over, {tokenizer.Show(distinct[0].Symbol)}, so there is nothing to predict"
            : $"data.tokens: of {distinct.Count} different {tokenizer.Unit}s fewer than two are left in the vocabulary; "
                + "lower minimum_count or raise maximum_size";
    }

    private readonly record struct Entry(string Symbol, long Count);
}
