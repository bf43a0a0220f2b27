using RnnTrain.Configuration;
using RnnTrain.Data.Encoding;

namespace RnnTrain.Data.Examples;

/// <summary>Counts the symbols of one side of the training examples, which become its vocabulary.</summary>
internal sealed class SymbolCounting(ITokenizer tokenizer)
{
    private readonly SymbolTable table = new();
    private readonly List<int> numbers = []; // of one text, used again
    private long[] counts = new long[1024];

    /// <summary>How many different symbols there are.</summary>
    public int Different => table.Symbols.Count;

    /// <summary>Counts the symbols of a text.</summary>
    public void Add(string text)
    {
        numbers.Clear();
        table.Scan(tokenizer, text, numbers);
        Count();
    }

    /// <summary>Counts a word that was cut already as one symbol, whatever is in it.</summary>
    public void AddWord(string word)
    {
        numbers.Clear();
        numbers.Add(table.NumberOf(tokenizer.Prepare(word)));
        Count();
    }

    /// <exception cref="UserMistakeException">The symbols do not make a vocabulary to learn from.</exception>
    public Vocabulary Learn() => tokenizer.Learn(new SymbolCounts(table.Symbols, counts[..table.Symbols.Count], ExpectsUnseen: true));

    private void Count()
    {
        if (counts.Length < table.Symbols.Count) Array.Resize(ref counts, Math.Max(counts.Length * 2, table.Symbols.Count));
        foreach (var number in numbers) counts[number]++;
    }
}
