using RnnTrain.Configuration;
using RnnTrain.Data.Tagging;

namespace RnnTrain.Metrics;

/// <summary>
/// Precision, recall and F1 of spans, over all and by type, as conlleval counts them (Tjong Kim Sang and Buchholz 2000): a span is right where
/// one of the same type begins and ends at the same words. What nothing is found of has precision 0, what there is nothing of recall 0.
/// </summary>
public sealed class SpanMetrics
{
    private const int CountsOfAType = 3; // right, found, there
    private readonly TagScheme scheme;
    private readonly Tag[] tags;
    private readonly string[] types;
    private readonly Dictionary<string, int> places;

    /// <param name="scheme">How labels mark spans; none where they mark none, and then there is nothing to count.</param>
    /// <param name="labels">The labels by their number.</param>
    public SpanMetrics(TagScheme scheme, IReadOnlyList<string> labels)
    {
        this.scheme = scheme;
        tags = [.. labels.Select(Tag.Parse)];
        types = scheme == TagScheme.None ? [] : [.. tags.Where(tag => tag.Prefix is not ('O' or Tag.NoTag)).Select(tag => tag.Type).Distinct().Order(StringComparer.Ordinal)];
        places = types.Index().ToDictionary(pair => pair.Item, pair => pair.Index * CountsOfAType, StringComparer.Ordinal);
    }

    /// <summary>How many numbers <see cref="Count"/> adds to: those of two parts added up are those of the whole.</summary>
    public int Counts => types.Length * CountsOfAType;

    /// <summary>Counts the spans of a sentence.</summary>
    /// <param name="there">The labels that are right, by their numbers.</param>
    /// <param name="found">Those that a model gave, as many.</param>
    /// <param name="counts">[type · (right, found, there)], added to.</param>
    public void Count(IEnumerable<long> there, IEnumerable<long> found, Span<double> counts)
    {
        if (types.Length == 0) return;
        var wanted = Spans.Of([.. there.Select(label => tags[label])], scheme).ToHashSet();
        foreach (var span in wanted) counts[places[span.Type] + 2]++;
        foreach (var span in Spans.Of([.. found.Select(label => tags[label])], scheme))
        {
            counts[places[span.Type] + 1]++;
            if (wanted.Contains(span)) counts[places[span.Type]]++;
        }
    }

    /// <summary>`precision`, `recall` and `f1` of all spans, then of each type, `f1_PER`; 0 to 1. None where labels mark no spans.</summary>
    /// <param name="counts">From <see cref="Count"/>.</param>
    public IReadOnlyList<MetricValue> Values(ReadOnlySpan<double> counts)
    {
        if (types.Length == 0) return [];
        var (right, found, there) = (0.0, 0.0, 0.0);
        var byType = new List<MetricValue>();
        for (var type = 0; type < types.Length; type++)
        {
            var of = counts.Slice(type * CountsOfAType, CountsOfAType);
            (right, found, there) = (right + of[0], found + of[1], there + of[2]);
            if (types[type].Length > 0) byType.AddRange(Values($"_{types[type]}", of[0], of[1], of[2]));
        }

        return [.. Values("", right, found, there), .. byType];
    }

    private static MetricValue[] Values(string ending, double right, double found, double there)
    {
        var (precision, recall) = (found == 0 ? 0 : right / found, there == 0 ? 0 : right / there);
        var f1 = right == 0 ? 0 : 2 * precision * recall / (precision + recall);
        return [new($"precision{ending}", precision), new($"recall{ending}", recall), new($"f1{ending}", f1)];
    }
}
