namespace RnnTrain.Data.Encoding;

/// <summary>Numbers symbols in the order in which they first appear; known ones are found without allocating a string.</summary>
internal sealed class SymbolTable
{
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup;
    private readonly List<string> symbols = [];

    internal SymbolTable() => lookup = numbers.GetAlternateLookup<ReadOnlySpan<char>>();

    internal IReadOnlyList<string> Symbols => symbols;

    /// <summary>Appends the numbers of all symbols of a text, in its order.</summary>
    /// <param name="tokenizer">Cuts the text.</param>
    /// <param name="text">A text, or some of its lines with their line feeds.</param>
    /// <param name="into">Takes the numbers.</param>
    /// <param name="isWhole">False where more of the text follows.</param>
    internal void Scan(ITokenizer tokenizer, string text, List<int> into, bool isWhole = true)
    {
        var prepared = tokenizer.Prepare(text);
        var position = 0;
        while (tokenizer.TryNext(prepared, isWhole, ref position, out var symbol)) into.Add(NumberOf(symbol));
    }

    /// <summary>The number of a symbol, a new one where it has none.</summary>
    internal int NumberOf(ReadOnlySpan<char> symbol)
    {
        if (lookup.TryGetValue(symbol, out var number)) return number;
        number = symbols.Count;
        var added = symbol.ToString();
        symbols.Add(added);
        numbers.Add(added, number);
        return number;
    }
}
