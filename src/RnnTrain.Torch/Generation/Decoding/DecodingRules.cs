using RnnTrain.Configuration;
using RnnTrain.Data.Encoding;

namespace RnnTrain.Generation.Decoding;

/// <summary>What decoding options say of a text: which symbols may follow, how long it may be, and what it is worth.</summary>
/// <param name="options">The options.</param>
/// <param name="symbols">What the decoder writes.</param>
/// <param name="unknown">A symbol that is never written; null where there is none.</param>
public sealed class DecodingRules(DecodingOptions options, WrittenSymbols symbols, int? unknown)
{
    /// <summary>Symbols that are never written wherever the text stands, the end aside: Begin and perhaps the unknown symbol.</summary>
    public int Forbidden => unknown is null ? 1 : 2;

    public bool IsForbidden(int symbol) => symbol == symbols.Begin || symbol == unknown;

    /// <summary>The fewest symbols for so many tokens read, the end not counted.</summary>
    public int Minimum(long read) => (int)Math.Min(Maximum(read), Math.Max(options.MinimumLength, Math.Ceiling(options.MinimumRatio * read)));

    /// <summary>The most symbols for so many tokens read, the end not counted.</summary>
    public int Maximum(long read) =>
        (int)Math.Max(1, Math.Min(options.MaximumLength, Math.Floor((options.MaximumRatio ?? double.PositiveInfinity) * read)));

    /// <summary>
    /// s = ln p / lp(length) + β Σ_i ln min(1, Σ_t a_ti), with a_ti how much symbol t looked at token i; lp = length^α, or ((5 + length) / 6)^α (Wu et al.
    /// 2016, equation 14).
    /// </summary>
    /// <param name="logProbability">ln p, at most 0.</param>
    /// <param name="length">Symbols with the end.</param>
    /// <param name="coverage">The sum over i.</param>
    public double Score(double logProbability, int length, double coverage = 0)
    {
        var counted = options.LengthNormalization == LengthNormalization.Gnmt ? (5 + length) / 6.0 : length;
        return logProbability / Math.Pow(counted, options.LengthPenalty) + options.CoveragePenalty * coverage;
    }

    /// <summary>Symbols that would write an n-gram a second time.</summary>
    /// <param name="text">What is written so far.</param>
    public IReadOnlyList<int> Blocked(TextBeginning text)
    {
        if (options.BlockNgrams is not { } order || text.Length < order) return [];
        var written = text.Symbols();
        var last = written.AsSpan(written.Length - (order - 1)); // the beginning of the n-gram to come
        List<int> blocked = [];
        for (var start = 0; start + order <= written.Length; start++)
        {
            if (written.AsSpan(start, order - 1).SequenceEqual(last)) blocked.Add(written[start + order - 1]);
        }

        return blocked;
    }
}
