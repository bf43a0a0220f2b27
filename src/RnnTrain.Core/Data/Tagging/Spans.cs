using RnnTrain.Configuration;

namespace RnnTrain.Data.Tagging;

/// <summary>
/// The spans that tags mark, and the tags that mark spans. Tags that violate their scheme, as a model may predict them, are read as
/// conlleval reads them (Tjong Kim Sang and Buchholz 2000): a span begins at B and S, after O, E and S, and where the type changes.
/// </summary>
public static class Spans
{
    /// <summary>The spans in their order; none where labels mark no spans.</summary>
    public static IReadOnlyList<Span> Of(IReadOnlyList<string> tags, TagScheme scheme) => Of([.. tags.Select(Tag.Parse)], scheme);

    /// <inheritdoc cref="Of(IReadOnlyList{string}, TagScheme)"/>
    public static IReadOnlyList<Span> Of(IReadOnlyList<Tag> tags, TagScheme scheme)
    {
        var spans = new List<Span>();
        if (scheme == TagScheme.None) return spans;
        var first = -1;
        for (var i = 0; i <= tags.Count; i++)
        {
            var next = i < tags.Count ? tags[i] : Tag.Outside;
            if (first >= 0 && (!next.IsInSpan || Begins(tags[i - 1], next)))
            {
                spans.Add(new Span(first, i, tags[first].Type));
                first = -1;
            }

            if (first < 0 && next.IsInSpan) first = i;
        }

        return spans;
    }

    /// <summary>The tags of <paramref name="length"/> words.</summary>
    /// <param name="spans">In their order, none over another.</param>
    /// <param name="length">Words.</param>
    /// <param name="scheme">Any but none.</param>
    public static IReadOnlyList<string> Tags(IReadOnlyList<Span> spans, int length, TagScheme scheme)
    {
        var tags = new string[length];
        Array.Fill(tags, "O");
        var before = default(Span);
        foreach (var span in spans)
        {
            for (var i = span.First; i < span.End; i++) tags[i] = new Tag(PrefixOf(i, span, before, scheme), span.Type).ToString();
            before = span;
        }

        return tags;
    }

    private static bool Begins(Tag previous, Tag tag) => tag.IsFirst || previous.IsLast || previous.Type != tag.Type;

    private static char PrefixOf(int place, Span span, Span before, TagScheme scheme)
    {
        var (isFirst, isLast) = (place == span.First, place == span.End - 1);
        return scheme switch
        {
            TagScheme.Iob1 => isFirst && before.End == span.First && before.Type == span.Type ? 'B' : 'I',
            TagScheme.Iob2 => isFirst ? 'B' : 'I',
            TagScheme.Iobes => (isFirst, isLast) switch { (true, true) => 'S', (true, false) => 'B', (false, true) => 'E', _ => 'I' },
            _ => throw new ArgumentOutOfRangeException(nameof(scheme), scheme, "labels of this scheme mark no spans"),
        };
    }
}
