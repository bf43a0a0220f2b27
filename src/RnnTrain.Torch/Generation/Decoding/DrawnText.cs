using RnnTrain.Data.Encoding;

namespace RnnTrain.Generation.Decoding;

/// <summary>A text that is being drawn.</summary>
internal sealed class DrawnText
{
    private readonly DecodingRules rules;
    private readonly WrittenSymbols symbols;
    private readonly Sampler sampler;
    private readonly int minimum; // symbols
    private readonly int maximum; // symbols
    private TextBeginning text = TextBeginning.Empty;

    /// <param name="rules">What may be written.</param>
    /// <param name="symbols">What the decoder writes.</param>
    /// <param name="read">Tokens read.</param>
    /// <param name="sampler">Draws.</param>
    public DrawnText(DecodingRules rules, WrittenSymbols symbols, long read, Sampler sampler)
    {
        this.rules = rules;
        this.symbols = symbols;
        this.sampler = sampler;
        (minimum, maximum) = (rules.Minimum(read), rules.Maximum(read));
    }

    /// <summary>The symbol that was drawn last, the end where it is finished.</summary>
    public int Last { get; private set; }

    /// <summary>The finished text; null until its end was drawn.</summary>
    public Hypothesis? Result { get; private set; }

    /// <summary>Draws one more symbol, where it is not finished.</summary>
    /// <param name="reading">What the decoder said.</param>
    /// <param name="row">Its row there.</param>
    /// <param name="logProbabilities">ln p of each symbol, [symbols]; is written to.</param>
    public void Draw(DecoderReading reading, int row, Span<float> logProbabilities)
    {
        if (Result is not null) return;
        var end = logProbabilities[symbols.End];
        var next = text.Length == maximum || !LeaveWhatMayFollow(logProbabilities) ? symbols.End : sampler.Draw(logProbabilities);
        Last = next;
        if (next == symbols.End)
        {
            var whole = text.LogProbability + end;
            Result = text.Finished(whole, rules.Score(whole, text.Length + 1, reading.Coverage(row)));
            return;
        }

        text = text.With(next, text.LogProbability + logProbabilities[next], reading, row);
    }

    /// <summary>Takes from the symbols those that may not follow; false where nothing is left.</summary>
    private bool LeaveWhatMayFollow(Span<float> logProbabilities)
    {
        for (var symbol = 0; symbol < logProbabilities.Length; symbol++)
        {
            if (rules.IsForbidden(symbol)) logProbabilities[symbol] = float.NegativeInfinity;
        }

        foreach (var symbol in rules.Blocked(text)) logProbabilities[symbol] = float.NegativeInfinity;
        if (text.Length < minimum) logProbabilities[symbols.End] = float.NegativeInfinity;
        return logProbabilities.ContainsAnyExcept(float.NegativeInfinity);
    }
}
