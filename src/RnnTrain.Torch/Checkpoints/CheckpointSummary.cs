namespace RnnTrain.Checkpoints;

/// <summary>A checkpoint in the list of a run's checkpoints.</summary>
/// <param name="Step">Optimizer steps done.</param>
/// <param name="ValidationLoss">Null where it was not measured.</param>
/// <param name="Criterion">What its evaluation is judged by, the lower the better; null where it is the loss.</param>
public sealed record CheckpointSummary(long Step, double? ValidationLoss, double? Criterion)
{
    /// <summary>True for the best of them, of equals the earliest.</summary>
    public bool IsBest { get; private init; }

    private double? Judged => (Criterion ?? ValidationLoss) is { } judged && double.IsFinite(judged) ? judged : null;

    /// <summary>The same checkpoints in rising order of steps, the best one marked.</summary>
    internal static IReadOnlyList<CheckpointSummary> ListOf(IEnumerable<CheckpointSummary> checkpoints)
    {
        CheckpointSummary[] all = [.. checkpoints.OrderBy(one => one.Step)];
        var best = Best(all);
        return [.. all.Select(one => one with { IsBest = one.Step == best })];
    }

    /// <summary>The step of the best of some checkpoints; null where none was evaluated.</summary>
    internal static long? Best(IReadOnlyList<CheckpointSummary> checkpoints) =>
        checkpoints.Where(one => one.Judged is not null).MinBy(one => one.Judged)?.Step;
}
