namespace RnnTrain.Tests.NGrams;

/// <summary>
/// Kneser-Ney smoothing of 5-grams by dictionaries of tuples, for texts on which <see cref="CountedByHand"/> would take minutes: what the
/// formula says, sets of left neighbours included, and nothing of the program's tables.
/// </summary>
internal sealed class TuplesCounted
{
    private const int Order = 5;
    private const int None = -1;
    private readonly int vocabulary;
    private readonly Dictionary<(int, int, int, int, int), int>[] counts = new Dictionary<(int, int, int, int, int), int>[Order + 1];
    private readonly Dictionary<(int, int, int, int, int), (long Total, int Different)>[] contexts =
        new Dictionary<(int, int, int, int, int), (long, int)>[Order + 1];

    private readonly double[] discounts = new double[Order + 1];

    public TuplesCounted(int[] text, int vocabulary)
    {
        this.vocabulary = vocabulary;
        for (var length = Order; length >= 1; length--)
        {
            counts[length] = [];
            if (length == Order)
            {
                for (var i = 0; i + length <= text.Length; i++) Add(counts[length], Key(text.AsSpan(i, length)), 1);
            }
            else
            {
                var longer = new HashSet<(int, int, int, int, int)>(); // each once, whatever its own count
                for (var i = 0; i + length < text.Length; i++)
                {
                    if (longer.Add(Key(text.AsSpan(i, length + 1)))) Add(counts[length], Key(text.AsSpan(i + 1, length)), 1);
                }
            }

            contexts[length] = [];
            foreach (var (key, count) in counts[length])
            {
                var context = WithoutLast(key, length);
                var (total, different) = contexts[length].GetValueOrDefault(context);
                contexts[length][context] = (total + count, different + 1);
            }

            double ones = counts[length].Values.Count(count => count == 1), twos = counts[length].Values.Count(count => count == 2);
            discounts[length] = ones / (ones + (2 * twos));
        }
    }

    /// <summary>P(w | h).</summary>
    public double Probability(ReadOnlySpan<int> h, int w)
    {
        var shorter = h.IsEmpty ? 1.0 / vocabulary : Probability(h[1..], w);
        var length = h.Length + 1;
        if (!contexts[length].TryGetValue(Key(h), out var context)) return shorter;
        var count = counts[length].GetValueOrDefault(Key([.. h, w]));
        return (Math.Max(count - discounts[length], 0) / context.Total) + (discounts[length] * context.Different / context.Total * shorter);
    }

    private static void Add(Dictionary<(int, int, int, int, int), int> counts, (int, int, int, int, int) key, int more) =>
        counts[key] = counts.GetValueOrDefault(key) + more;

    private static (int, int, int, int, int) Key(ReadOnlySpan<int> tokens) => (
        tokens.Length > 0 ? tokens[0] : None,
        tokens.Length > 1 ? tokens[1] : None,
        tokens.Length > 2 ? tokens[2] : None,
        tokens.Length > 3 ? tokens[3] : None,
        tokens.Length > 4 ? tokens[4] : None);

    private static (int, int, int, int, int) WithoutLast((int A, int B, int C, int D, int E) key, int length) => length switch
    {
        1 => (None, None, None, None, None),
        2 => (key.A, None, None, None, None),
        3 => (key.A, key.B, None, None, None),
        4 => (key.A, key.B, key.C, None, None),
        _ => (key.A, key.B, key.C, key.D, None),
    };
}
