using System.Runtime.InteropServices;
using System.Text;

namespace RnnTrain.Metrics.Text;

/// <summary>
/// chrF2 of a corpus (Popović 2015), equal to sacreBLEU's with its defaults: an F score over n-grams of 1 to 6 characters (Unicode scalar values)
/// without white space, precision P and recall R being means over the orders that both sides have:
/// <code>chrF = (1 + β²) P R / (β² P + R), β = 2</code>
/// </summary>
public sealed class Chrf : ITextMetric
{
    private const int MaximumOrder = 6;
    private const double SquaredBeta = 4;

    private readonly long[] written = new long[MaximumOrder]; // by order; of segments whose reference has n-grams of that order
    private readonly long[] referred = new long[MaximumOrder];
    private readonly long[] matches = new long[MaximumOrder];

    public string Name => "chrf";

    public string Signature => "nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no";

    /// <summary>From 0 to 100.</summary>
    public double Value
    {
        get
        {
            var orders = Enumerable.Range(0, MaximumOrder).Where(order => written[order] > 0 && referred[order] > 0).ToList();
            if (orders.Count == 0) return 0;
            var precision = orders.Average(order => matches[order] / (double)written[order]);
            var recall = orders.Average(order => matches[order] / (double)referred[order]);
            return precision + recall == 0 ? 0 : 100 * (1 + SquaredBeta) * precision * recall / (SquaredBeta * precision + recall);
        }
    }

    public void Add(string hypothesis, string reference)
    {
        var ours = new Characters(hypothesis);
        var theirs = new Characters(reference);
        for (var order = 1; order <= MaximumOrder; order++)
        {
            if (theirs.Grams(order) == 0) continue;
            var counts = theirs.Count(order);
            written[order - 1] += ours.Grams(order);
            referred[order - 1] += theirs.Grams(order);
            var byGram = counts.GetAlternateLookup<ReadOnlySpan<char>>();
            for (var start = 0; start < ours.Grams(order); start++)
            {
                ref var left = ref CollectionsMarshal.GetValueRefOrNullRef(byGram, ours.Gram(start, order));
                if (System.Runtime.CompilerServices.Unsafe.IsNullRef(ref left) || left == 0) continue;
                left--; // each occurrence in the reference matches once
                matches[order - 1]++;
            }
        }
    }

    /// <summary>A segment without white space, as Unicode scalar values.</summary>
    private sealed class Characters
    {
        private readonly string text;
        private readonly int[] starts; // where each character begins, and the end

        public Characters(string segment)
        {
            text = string.Concat(PythonText.Split(segment));
            List<int> places = [];
            for (var place = 0; place < text.Length; place += Rune.TryGetRuneAt(text, place, out var rune) ? rune.Utf16SequenceLength : 1) places.Add(place);
            starts = [.. places, text.Length];
        }

        public int Grams(int order) => Math.Max(0, starts.Length - order);

        public ReadOnlySpan<char> Gram(int start, int order) => text.AsSpan(starts[start]..starts[start + order]);

        public Dictionary<string, int> Count(int order)
        {
            var counts = new Dictionary<string, int>(Grams(order), StringComparer.Ordinal);
            var byGram = counts.GetAlternateLookup<ReadOnlySpan<char>>();
            for (var start = 0; start < Grams(order); start++) CollectionsMarshal.GetValueRefOrAddDefault(byGram, Gram(start, order), out _)++;
            return counts;
        }
    }
}
