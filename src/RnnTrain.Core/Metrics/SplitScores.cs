namespace RnnTrain.Metrics;

/// <summary>Everything that was measured of a model on a split.</summary>
/// <param name="Values">Numbers, the loss first.</param>
/// <param name="Tables">What one number does not say; none for most tasks.</param>
public sealed record SplitScores(IReadOnlyList<MetricValue> Values, IReadOnlyList<ScoreTable> Tables)
{
    /// <summary>How numbers were computed, by their names, where there is more than one way; see <see cref="Text.ITextMetric.Signature"/>.</summary>
    public IReadOnlyDictionary<string, string> Signatures { get; init; } = new Dictionary<string, string>();
}
