using RnnTrain.NGrams;

namespace RnnTrain.Tests.NGrams;

/// <summary>
/// Interpolated Kneser-Ney smoothing written from the formula over dictionaries, for comparison: slow, and with nothing shared with the
/// program but the text. An n-gram is an array of tokens written out as text.
/// </summary>
internal sealed class CountedByHand
{
    private readonly int vocabulary;
    private readonly Dictionary<string, int>[] counts; // [order + 1]: N of the n-grams of each length
    private readonly Dictionary<string, List<int>>[] followers; // [order + 1]: N(h w) of all w, by h, for n-grams of each length
    private readonly double[][] discounts; // [order + 1][count]

    public CountedByHand(int[] text, int order, int vocabulary, Smoothing smoothing = Smoothing.KneserNey)
    {
        this.vocabulary = vocabulary;
        counts = [.. Enumerable.Range(0, order + 1).Select(length => length == 0 ? [] : Count(text, length, isLongest: length == order))];
        followers = [.. counts.Select(Followers)];
        discounts = [.. counts.Select(count => Discounts(count.Values, smoothing))];
    }

    /// <summary>P(w | h).</summary>
    /// <param name="h">Fewer tokens than the order.</param>
    public double Probability(int[] h, int w)
    {
        var shorter = h.Length == 0 ? 1.0 / vocabulary : Probability(h[1..], w);
        var length = h.Length + 1;
        if (!followers[length].TryGetValue(Text(h), out var all)) return shorter;
        double total = all.Sum();
        var count = counts[length].GetValueOrDefault(Text([.. h, w]));
        var discounted = all.Sum(one => discounts[length][Math.Min(one, 3)]);
        return ((count - discounts[length][Math.Min(count, 3)]) / total) + (discounted / total * shorter);
    }

    private static string Text(int[] tokens) => string.Join(' ', tokens);

    private static Dictionary<string, int> Count(int[] text, int length, bool isLongest)
    {
        var all = Enumerable.Range(0, Math.Max(0, text.Length - length + 1));
        if (isLongest) return all.GroupBy(i => Text(text[i..(i + length)])).ToDictionary(group => group.Key, group => group.Count());
        return all
            .Where(i => i > 0)
            .GroupBy(i => Text(text[i..(i + length)]))
            .ToDictionary(group => group.Key, group => group.Select(i => text[i - 1]).Distinct().Count());
    }

    private static Dictionary<string, List<int>> Followers(Dictionary<string, int> counts) => counts
        .GroupBy(pair => pair.Key.Contains(' ', StringComparison.Ordinal) ? pair.Key[..pair.Key.LastIndexOf(' ')] : "")
        .ToDictionary(group => group.Key, group => group.Select(pair => pair.Value).ToList());

    private static double[] Discounts(IEnumerable<int> counts, Smoothing smoothing)
    {
        var n = Enumerable.Range(0, 5).Select(r => (double)counts.Count(count => count == r)).ToArray();
        var y = n[1] == 0 ? 0.5 : n[1] / (n[1] + (2 * n[2]));
        double[] one = [0, y, y, y];
        if (smoothing == Smoothing.KneserNey || n[1..4].Contains(0)) return one;
        double[] three = [0, 1 - (2 * y * n[2] / n[1]), 2 - (3 * y * n[3] / n[2]), 3 - (4 * y * n[4] / n[3])];
        return Enumerable.Range(1, 3).All(r => three[r] > 0 && three[r] <= r) ? three : one;
    }
}
