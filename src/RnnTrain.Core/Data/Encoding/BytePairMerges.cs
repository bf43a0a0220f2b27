namespace RnnTrain.Data.Encoding;

/// <summary>How the symbols of a byte-pair encoding are made: pairs of symbols that become one, in the order in which they do.</summary>
/// <param name="IsLowerCase">True where the text is turned into lower case before.</param>
/// <param name="Pairs">The ids of the two; what they become is the symbol of the bytes of both.</param>
public sealed record BytePairMerges(bool IsLowerCase, IReadOnlyList<(int Left, int Right)> Pairs)
{
    /// <summary>The id of each byte.</summary>
    /// <exception cref="FormatException">A byte has none, or a symbol is not of bytes.</exception>
    public static int[] BytesOf(Vocabulary vocabulary)
    {
        if (vocabulary.Symbols.FirstOrDefault(symbol => symbol.Any(value => value > byte.MaxValue)) is { } other)
            throw new FormatException($"the symbol '{other}' is not of bytes");
        var bytes = new int[256];
        for (var value = 0; value < bytes.Length; value++)
        {
            ReadOnlySpan<char> symbol = [(char)value];
            if (!vocabulary.TryGetId(symbol, out bytes[value])) throw new FormatException($"byte 0x{value:X2} is not among the symbols");
        }

        return bytes;
    }

    /// <summary>The id of what each pair becomes.</summary>
    /// <exception cref="FormatException">A pair names no symbols, or there is none that they become.</exception>
    public int[] ResultsIn(Vocabulary vocabulary)
    {
        var results = new int[Pairs.Count];
        for (var merge = 0; merge < results.Length; merge++)
        {
            var (left, right) = Pairs[merge];
            var isKnown = left >= 0 && left < vocabulary.Size && right >= 0 && right < vocabulary.Size
                && vocabulary.TryGetId(vocabulary.Symbols[left] + vocabulary.Symbols[right], out results[merge]);
            if (!isKnown) throw new FormatException($"merge {merge + 1}, [{left}, {right}], makes no symbol of this vocabulary");
        }

        return results;
    }
}
