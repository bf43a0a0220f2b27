namespace RnnTrain.NGrams;

/// <summary>
/// A language model of n-grams with interpolated Kneser-Ney smoothing: Kneser and Ney, "Improved backing-off for m-gram language modeling"
/// (1995), interpolated as in Chen and Goodman, "An empirical study of smoothing techniques for language modeling" (1999).
/// <code>
/// P₀(w)     = 1 / V
/// P_k(w | h) = (N(h w) − D_k(N(h w))) / N(h •)  +  γ_k(h) P_(k−1)(w | h′)        h: the k − 1 tokens before w, h′: without the first
/// γ_k(h)    = Σ_w D_k(N(h w)) / N(h •)
/// N(h •)    = Σ_w N(h w);  where it is 0, P_k(w | h) = P_(k−1)(w | h′)
/// </code>
/// For the longest n-grams N is how often they occur in the text; for shorter ones, how many different tokens stand before them. So the
/// probabilities after any context sum to 1, and no token of the vocabulary, the unknown one among them, has the probability 0.
/// </summary>
public sealed class KneserNeyModel
{
    private readonly Discounts[] discounts; // [order]
    private readonly int[][] totals; // [order][contexts]: N(h •) of the contexts of 0, 1, … tokens
    private readonly double[][] backOff; // [order][contexts]: γ(h)
    private readonly double[][] highest; // [order][contexts]: the highest probability after h; NaN where nobody has asked yet

    /// <param name="tables">Of the 1-grams, 2-grams, …; from <see cref="NGramCounting"/>.</param>
    /// <param name="vocabulary">Different tokens: V.</param>
    /// <param name="smoothing">How the discounts are estimated.</param>
    public KneserNeyModel(IReadOnlyList<NGramTable> tables, int vocabulary, Smoothing smoothing)
    {
        Tables = tables;
        Vocabulary = vocabulary;
        discounts = [.. tables.Select(table => NGrams.Discounts.Estimate(table.Counts, smoothing))];
        totals = new int[Order][];
        backOff = new double[Order][];
        highest = new double[Order][];
        for (var length = 0; length < Order; length++) Sum(length);
    }

    /// <summary>The model of a text.</summary>
    /// <inheritdoc cref="NGramCounting.Count"/>
    public static KneserNeyModel Of(int[] text, int order, int vocabulary, Smoothing smoothing = Smoothing.KneserNey) =>
        new(NGramCounting.Count(text, order, vocabulary), vocabulary, smoothing);

    public IReadOnlyList<NGramTable> Tables { get; }

    public int Vocabulary { get; }

    /// <summary>The length of the longest n-grams.</summary>
    public int Order => Tables.Count;

    /// <summary>For n-grams of one token, two, ….</summary>
    public IReadOnlyList<Discounts> Discounts => discounts;

    /// <summary>The node of a context with one more token behind it; −1 where the text never went on so.</summary>
    /// <param name="length">Tokens of the context, below <see cref="Order"/>.</param>
    /// <param name="context">Its node, or −1.</param>
    internal int Find(int length, int context, int token)
    {
        if (context < 0) return -1;
        var (first, end) = Children(length, context);
        var tokens = Tables[length].Tokens;
        var place = Array.BinarySearch(tokens, first, end - first, token);
        return place < 0 ? -1 : place;
    }

    /// <summary>P(w | h), and where the contexts of the token behind w are.</summary>
    /// <param name="contexts">The nodes of the last 0, 1, … tokens, −1 where the text knows none: [order].</param>
    /// <param name="found">Filled with the node of w behind each of them, or −1: [order].</param>
    internal double Probability(ReadOnlySpan<int> contexts, int token, Span<int> found)
    {
        var p = 1.0 / Vocabulary;
        for (var length = 0; length < Order; length++)
        {
            found[length] = Find(length, contexts[length], token);
            if (contexts[length] < 0 || totals[length][contexts[length]] is not (> 0 and var total)) continue;
            p *= backOff[length][contexts[length]];
            if (found[length] >= 0) p += Seen(length, found[length], total);
        }

        return p;
    }

    /// <summary>The probabilities of all tokens behind a context: [vocabulary].</summary>
    /// <param name="contexts">The nodes of the last 0, 1, … tokens: [order].</param>
    internal void Probabilities(ReadOnlySpan<int> contexts, Span<double> p)
    {
        p.Fill(1.0 / Vocabulary);
        for (var length = 0; length < Order; length++)
        {
            if (contexts[length] < 0 || totals[length][contexts[length]] is not (> 0 and var total)) continue;
            var gamma = backOff[length][contexts[length]];
            foreach (ref var one in p) one *= gamma;
            var (first, end) = Children(length, contexts[length]);
            for (var node = first; node < end; node++) p[Tables[length].Tokens[node]] += Seen(length, node, total);
        }
    }

    /// <summary>
    /// The highest probability that any token has behind a context. A token that never followed h has γ(h) P(w | h′), so only those that did,
    /// and the highest probability behind h′, come into question; each context is asked once and remembered.
    /// </summary>
    /// <param name="contexts">The nodes of the last 0, 1, … tokens: [order].</param>
    internal double HighestProbability(ReadOnlySpan<int> contexts)
    {
        var best = 1.0 / Vocabulary;
        Span<int> found = stackalloc int[Order];
        for (var length = 0; length < Order; length++)
        {
            var context = contexts[length];
            if (context < 0 || totals[length][context] == 0) continue;
            ref var known = ref highest[length][context];
            if (double.IsNaN(known))
            {
                known = best * backOff[length][context];
                var shorter = ShorterThan(contexts, length);
                var (first, end) = Children(length, context);
                for (var node = first; node < end; node++)
                    known = Math.Max(known, Probability(shorter, Tables[length].Tokens[node], found));
            }

            best = known;
        }

        return best;
    }

    /// <summary>The contexts up to a length, and none that are longer.</summary>
    private static int[] ShorterThan(ReadOnlySpan<int> contexts, int length)
    {
        int[] shorter = [.. contexts];
        shorter.AsSpan(length + 1).Fill(-1);
        return shorter;
    }

    /// <summary>The first part of P(w | h): what is left of the count.</summary>
    private double Seen(int length, int node, int total)
    {
        var count = Tables[length].Counts[node];
        return (count - discounts[length].Of(count)) / total;
    }

    private (int First, int End) Children(int length, int context)
    {
        if (length == 0) return (0, Tables[0].Size); // the empty context is followed by every 1-gram
        var firstChild = Tables[length - 1].FirstChild;
        return (firstChild[context], firstChild[context + 1]);
    }

    /// <summary>N(h •) and γ(h) of all contexts of a length.</summary>
    private void Sum(int length)
    {
        var contexts = length == 0 ? 1 : Tables[length - 1].Size;
        totals[length] = new int[contexts];
        backOff[length] = new double[contexts];
        highest[length] = new double[contexts];
        highest[length].AsSpan().Fill(double.NaN);
        var counts = Tables[length].Counts;
        for (var context = 0; context < contexts; context++)
        {
            var (first, end) = Children(length, context);
            var (total, discounted) = (0, 0.0);
            foreach (var count in counts.AsSpan(first, end - first))
            {
                total += count;
                discounted += discounts[length].Of(count);
            }

            totals[length][context] = total;
            backOff[length][context] = total > 0 ? discounted / total : 1;
        }
    }
}
