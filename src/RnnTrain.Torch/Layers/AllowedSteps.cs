using RnnTrain.Configuration;
using RnnTrain.Data.Tagging;

namespace RnnTrain.Layers;

/// <summary>Which class may stand at the beginning of a sequence, after which other, and at its end.</summary>
/// <param name="Start">[classes].</param>
/// <param name="Transitions">From a class, to a class, [classes, classes].</param>
/// <param name="End">[classes].</param>
public sealed record AllowedSteps(IReadOnlyList<bool> Start, IReadOnlyList<bool> Transitions, IReadOnlyList<bool> End)
{
    /// <summary>What a tagging scheme allows; null where it allows everything.</summary>
    /// <param name="scheme">How labels mark spans.</param>
    /// <param name="labels">The labels by their number.</param>
    public static AllowedSteps? Of(TagScheme scheme, IReadOnlyList<string> labels) => scheme == TagScheme.None ? null : new AllowedSteps(
        [.. labels.Select(label => scheme.Allows(null, label))],
        [.. labels.SelectMany(_ => labels, (from, to) => scheme.Allows(from, to))],
        [.. labels.Select(label => scheme.Allows(label, null))]);
}
