namespace RnnTrain.Metrics.Text;

/// <summary>
/// How varied what was written is: different n-grams over all words written (distinct-n; Li et al. 2016, "A diversity-promoting objective function
/// for neural conversation models"). The references count for nothing.
/// </summary>
/// <param name="order">Words of an n-gram.</param>
public sealed class DistinctNGrams(int order) : ITextMetric
{
    private readonly HashSet<string> different = new(StringComparer.Ordinal);
    private long words;

    public string Name => $"distinct_{order}";

    public string Signature => "case:mixed|tok:13a|over:words";

    /// <summary>From 0 to 1.</summary>
    public double Value => words == 0 ? 0 : different.Count / (double)words;

    public void Add(string hypothesis, string reference)
    {
        var written = Tokenization13a.Words(hypothesis);
        words += written.Length;
        different.UnionWith(NGramCounts.Of(written, order).Keys);
    }
}
