using System.Globalization;
using RnnTrain.Configuration;

namespace RnnTrain.Checkpoints;

/// <summary>Which checkpoint is meant: `best`, `last`, or the one of a step.</summary>
internal readonly record struct CheckpointSelector
{
    private readonly bool isBest;
    private readonly long? step;

    private CheckpointSelector(bool isBest, long? step) => (this.isBest, this.step) = (isBest, step);

    /// <exception cref="UserMistakeException">The text is none of the three.</exception>
    internal static CheckpointSelector Parse(string text) => text switch
    {
        "best" => new(isBest: true, step: null),
        "last" => new(isBest: false, step: null),
        _ when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var step) => new(isBest: false, step),
        _ => throw new UserMistakeException($"--checkpoint {text}: must be best, last, or the number of a step"),
    };

    /// <summary>The step of the one that is meant.</summary>
    /// <exception cref="UserMistakeException">It is not there; lists those that are.</exception>
    internal long Find(IReadOnlyList<CheckpointSummary> all, string folder)
    {
        if (all.Count == 0) throw new UserMistakeException($"{folder}: no checkpoint is in it yet; train until the first is saved");
        if (step is not { } wanted) return (isBest ? CheckpointSummary.Best(all) : null) ?? all[^1].Step;
        if (all.Any(one => one.Step == wanted)) return wanted;
        var present = all.Select(one => one.IsBest ? $"{one.Step} (best)" : $"{one.Step}");
        throw new UserMistakeException($"{folder}: no checkpoint of step {wanted}; there are {string.Join(", ", present)}");
    }
}
