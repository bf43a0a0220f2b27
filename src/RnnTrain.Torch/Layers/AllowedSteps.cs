namespace RnnTrain.Layers;

/// <summary>Which class may stand at the beginning of a sequence, after which other, and at its end.</summary>
/// <param name="Start">[classes].</param>
/// <param name="Transitions">From a class, to a class, [classes, classes].</param>
/// <param name="End">[classes].</param>
public sealed record AllowedSteps(IReadOnlyList<bool> Start, IReadOnlyList<bool> Transitions, IReadOnlyList<bool> End);
