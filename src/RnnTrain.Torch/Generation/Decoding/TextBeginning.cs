namespace RnnTrain.Generation.Decoding;

/// <summary>The beginning of a text that a search follows: its last symbol behind the beginning before it, which several share.</summary>
public sealed class TextBeginning
{
    private readonly TextBeginning? before;
    private readonly int symbol;
    private readonly int looked;
    private readonly ReadOnlyMemory<float> attention;

    /// <summary>Nothing is written.</summary>
    public static TextBeginning Empty { get; } = new(null, -1, 0, -1, default);

    private TextBeginning(TextBeginning? before, int symbol, double logProbability, int looked, ReadOnlyMemory<float> attention)
    {
        this.before = before;
        this.symbol = symbol;
        this.looked = looked;
        this.attention = attention;
        LogProbability = logProbability;
        Length = before is null ? 0 : before.Length + 1;
    }

    /// <summary>Symbols.</summary>
    public int Length { get; }

    /// <summary>ln p of the symbols, in nats.</summary>
    public double LogProbability { get; }

    /// <summary>The text with one more symbol.</summary>
    /// <param name="next">The symbol.</param>
    /// <param name="logProbability">ln p of the whole.</param>
    /// <param name="reading">What the decoder said before it was chosen.</param>
    /// <param name="row">Which row of that was this text's.</param>
    public TextBeginning With(int next, double logProbability, DecoderReading reading, int row) =>
        new(this, next, logProbability, reading.Looked(row), reading.Attention(row));

    public int[] Symbols() => Collected(text => text.symbol);

    /// <summary>The text as one that is finished.</summary>
    /// <param name="logProbability">With the end symbol's.</param>
    /// <param name="score">What it is worth.</param>
    public Hypothesis Finished(double logProbability, double score) => new(Symbols(), logProbability, score)
    {
        Looked = looked < 0 ? [] : Collected(text => text.looked),
        Attention = attention.IsEmpty ? null : Collected(text => text.attention.ToArray()),
    };

    private T[] Collected<T>(Func<TextBeginning, T> part)
    {
        var parts = new T[Length];
        for (var text = this; text.before is not null; text = text.before) parts[text.Length - 1] = part(text);
        return parts;
    }
}
