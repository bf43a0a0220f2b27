namespace RnnTrain.Training.Averaging;

/// <summary>The memory of a non-monotonic trigger: a plain value, kept with the progress.</summary>
/// <param name="StartedAt">The step at which the trigger went off; null before.</param>
/// <param name="BestOfOlder">The lowest of all validation losses but the latest; none while there are only these.</param>
/// <param name="Latest">The latest validation losses, the oldest first.</param>
public sealed record AverageTrigger(long? StartedAt = null, double? BestOfOlder = null, IReadOnlyList<double>? Latest = null)
{
    /// <summary>
    /// The memory after one more evaluation: the trigger goes off where its loss is higher than the best of all before but the latest
    /// <paramref name="patience"/> ones. What stays after that is the step alone.
    /// </summary>
    public AverageTrigger After(double loss, long step, int patience)
    {
        if (StartedAt is not null) return this;
        if (loss > BestOfOlder) return new AverageTrigger(step);
        var latest = (Latest ?? []).Append(loss).ToList();
        if (latest.Count <= patience) return new AverageTrigger(null, BestOfOlder, latest);
        var oldest = latest[0];
        latest.RemoveAt(0);
        return new AverageTrigger(null, Math.Min(oldest, BestOfOlder ?? oldest), latest);
    }
}
