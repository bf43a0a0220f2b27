namespace RnnTrain.Metrics;

/// <summary>What a model said of each example of a split, for metrics that need to see all of them together.</summary>
/// <param name="Columns">Numbers a row.</param>
/// <param name="Values">Row after row, [rows, columns]; what a row holds, the task knows.</param>
public sealed record ScoredRows(int Columns, float[] Values)
{
    public int Count => Values.Length / Columns;

    public ReadOnlySpan<float> this[int row] => Values.AsSpan(row * Columns, Columns);
}
