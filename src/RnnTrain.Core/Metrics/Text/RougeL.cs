namespace RnnTrain.Metrics.Text;

/// <summary>
/// ROUGE-L (Lin 2004) as a mean over segments: with LCS the length of the longest common subsequence of words,
/// <code>P = LCS / words written, R = LCS / words of the reference, F = 2 P R / (P + R)</code>
/// Words are those of <see cref="Tokenization13a"/> in lower case, since the original's rule knows English letters only.
/// </summary>
public sealed class RougeL : ITextMetric
{
    private double sum;
    private long segments;

    public string Name => "rouge_l";

    public string Signature => "nrefs:1|case:lc|tok:13a|beta:1|mean:segments";

    /// <summary>From 0 to 100.</summary>
    public double Value => segments == 0 ? 0 : 100 * sum / segments;

    public void Add(string hypothesis, string reference)
    {
        var ours = Tokenization13a.Words(PythonText.ToLower(hypothesis));
        var theirs = Tokenization13a.Words(PythonText.ToLower(reference));
        segments++;
        if (ours.Length + theirs.Length > 0) sum += 2.0 * LongestCommon(ours, theirs) / (ours.Length + theirs.Length); // what F comes to
    }

    private static int LongestCommon(string[] first, string[] second)
    {
        var lengths = new int[second.Length + 1]; // of the first words so far and each beginning of the second
        foreach (var word in first)
        {
            var diagonal = 0;
            for (var place = 1; place <= second.Length; place++)
            {
                var above = lengths[place];
                lengths[place] = word == second[place - 1] ? diagonal + 1 : Math.Max(above, lengths[place - 1]);
                diagonal = above;
            }
        }

        return lengths[^1];
    }
}
