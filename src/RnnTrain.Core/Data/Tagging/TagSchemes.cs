using RnnTrain.Configuration;

namespace RnnTrain.Data.Tagging;

/// <summary>What each scheme allows, and how tags of one become tags of another.</summary>
public static class TagSchemes
{
    /// <summary>The scheme as configuration files write it: `iob2`.</summary>
    public static string Name(this TagScheme scheme) => scheme.ToString().ToLowerInvariant();

    /// <summary>Whether a label may follow another.</summary>
    /// <param name="scheme">How the labels mark spans.</param>
    /// <param name="previous">The label before; null at the beginning of a sentence.</param>
    /// <param name="next">The label that follows; null at the end of the sentence.</param>
    public static bool Allows(this TagScheme scheme, string? previous, string? next) =>
        scheme.Allows(previous is null ? null : Tag.Parse(previous), next is null ? null : Tag.Parse(next));

    /// <inheritdoc cref="Allows(TagScheme, string?, string?)"/>
    public static bool Allows(this TagScheme scheme, Tag? previous, Tag? next) => scheme switch
    {
        TagScheme.None => true,
        _ when !scheme.Has(previous) || !scheme.Has(next) => false,
        TagScheme.Iob1 => next is not { Prefix: 'B' } || previous?.Type == next?.Type && previous is { IsInSpan: true },
        TagScheme.Iob2 => next is not { Prefix: 'I' } || previous?.Type == next?.Type && previous is { IsInSpan: true },
        _ when previous is { Prefix: 'B' or 'I' } => next is { Prefix: 'I' or 'E' } && previous?.Type == next?.Type,
        _ => next is not { Prefix: 'I' or 'E' },
    };

    /// <summary>The first violation of the scheme in the labels of a sentence; null where there is none.</summary>
    public static TagViolation? Violation(this TagScheme scheme, IReadOnlyList<string> tags)
    {
        Tag? previous = null;
        for (var i = 0; i < tags.Count; i++)
        {
            var tag = Tag.Parse(tags[i]);
            if (!scheme.Allows(previous, tag)) return new TagViolation(i, scheme.WhatIsWrong(previous, tag));
            previous = tag;
        }

        return scheme.Allows(previous, null) ? null : new TagViolation(tags.Count - 1, $"the sentence ends after {previous}, and iobes ends every span with E or S");
    }

    /// <summary>The labels of a sentence in another scheme, the same spans.</summary>
    /// <param name="from">How they mark spans; they do not violate it.</param>
    /// <param name="tags">One label a word.</param>
    /// <param name="to">How they shall mark them.</param>
    public static IReadOnlyList<string> Convert(this TagScheme from, IReadOnlyList<string> tags, TagScheme to) =>
        from == to ? tags : Spans.Tags(Spans.Of(tags, from), tags.Count, to);

    private static bool Has(this TagScheme scheme, Tag? tag) => tag?.Prefix is null or 'O' or 'B' or 'I'
        || (scheme == TagScheme.Iobes && tag?.Prefix is 'E' or 'S');

    private static string WhatIsWrong(this TagScheme scheme, Tag? previous, Tag tag)
    {
        if (!scheme.Has(tag))
            return $"'{tag}' is no tag of {scheme.Name()}, which has {(scheme == TagScheme.Iobes ? "O, B-X, I-X, E-X and S-X" : "O, B-X and I-X")}";
        var place = previous is null ? $"{tag} begins the sentence" : $"{tag} follows {previous}";
        return (scheme, previous?.Prefix) switch
        {
            (TagScheme.Iob1, _) => $"{place}, and iob1 writes B only where a span of the same type ends just before",
            (TagScheme.Iob2, _) => $"{place}, and iob2 begins every span with B",
            (_, 'B' or 'I') => $"{place}, and iobes ends every span with E or S",
            _ => $"{place}, and iobes begins every span with B or S",
        };
    }
}
