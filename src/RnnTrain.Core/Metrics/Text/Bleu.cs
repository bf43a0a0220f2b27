namespace RnnTrain.Metrics.Text;

/// <summary>
/// BLEU of a corpus (Papineni et al. 2002), equal to sacreBLEU's (Post 2018, "A call for clarity in reporting BLEU scores") with its defaults:
/// <code>
/// BLEU = BP · exp(1/4 Σ ln p_n), n = 1 … 4;   p_n = clipped matches / n-grams written;   BP = min(1, exp(1 − r / c))
/// </code>
/// with c words written and r words of the references. The k-th order without a match counts 1 / 2^k matches (`smooth:exp`).
/// </summary>
/// <param name="lowerCase">Compare in lower case.</param>
public sealed class Bleu(bool lowerCase = false) : ITextMetric
{
    private const int MaximumOrder = 4;

    private readonly long[] matches = new long[MaximumOrder]; // by order
    private readonly long[] written = new long[MaximumOrder]; // by order
    private long hypothesisLength; // words
    private long referenceLength; // words

    public string Name => lowerCase ? "bleu_lower_case" : "bleu";

    public string Signature => $"nrefs:1|case:{(lowerCase ? "lc" : "mixed")}|eff:no|tok:13a|smooth:exp";

    /// <summary>Words written over words of the references.</summary>
    public double LengthRatio => referenceLength == 0 ? 0 : hypothesisLength / (double)referenceLength;

    /// <summary>From 0 to 100.</summary>
    public double Value
    {
        get
        {
            if (matches.Sum() == 0 || written.Contains(0)) return 0;
            var logarithms = 0.0;
            var smoothing = 1.0;
            for (var order = 0; order < MaximumOrder; order++)
            {
                if (matches[order] == 0) smoothing *= 2;
                logarithms += Math.Log((matches[order] == 0 ? 1 / smoothing : matches[order]) / written[order]);
            }

            var brevity = hypothesisLength < referenceLength ? Math.Exp(1 - referenceLength / (double)hypothesisLength) : 1;
            return 100 * brevity * Math.Exp(logarithms / MaximumOrder);
        }
    }

    public void Add(string hypothesis, string reference)
    {
        var ours = Words(hypothesis);
        var theirs = Words(reference);
        hypothesisLength += ours.Length;
        referenceLength += theirs.Length;
        for (var order = 1; order <= MaximumOrder; order++)
        {
            var counts = NGramCounts.Of(theirs, order);
            foreach (var (gram, count) in NGramCounts.Of(ours, order))
            {
                written[order - 1] += count;
                matches[order - 1] += Math.Min(count, counts.GetValueOrDefault(gram));
            }
        }
    }

    private string[] Words(string text) => Tokenization13a.Words(lowerCase ? PythonText.ToLower(text) : text);
}
