namespace RnnTrain.Checkpoints;

/// <summary>A checkpoint in the list of a run's checkpoints.</summary>
/// <param name="Step">Optimizer steps done.</param>
/// <param name="ValidationLoss">Null where it was not measured.</param>
/// <param name="IsBest">True for the one of the lowest validation loss, of equals the earliest.</param>
public sealed record CheckpointSummary(long Step, double? ValidationLoss, bool IsBest)
{
    /// <summary>The list of these steps and losses, in rising order of steps.</summary>
    internal static IReadOnlyList<CheckpointSummary> ListOf(IReadOnlyDictionary<long, double?> losses)
    {
        CheckpointSummary[] all = [.. losses.OrderBy(pair => pair.Key).Select(pair => new CheckpointSummary(pair.Key, pair.Value, false))];
        var best = Best(all);
        return [.. all.Select(one => one with { IsBest = one.Step == best })];
    }

    /// <summary>The step of the best of some checkpoints; null where no loss was measured.</summary>
    internal static long? Best(IReadOnlyList<CheckpointSummary> checkpoints) =>
        checkpoints.Where(one => one.ValidationLoss is { } loss && double.IsFinite(loss)).MinBy(one => one.ValidationLoss)?.Step;
}
