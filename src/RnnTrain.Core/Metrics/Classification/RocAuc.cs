namespace RnnTrain.Metrics.Classification;

/// <summary>
/// The area under the curve of true over false positives: the chance that an example of the class has a higher score than one that is not of
/// it, a tie counting one half: Mann and Whitney, "On a test of whether one of two random variables is stochastically larger than the other"
/// (1947); Hanley and McNeil, "The meaning and use of the area under a ROC curve" (1982). Exact, by ranks; ties share their mean rank.
/// <code>
/// AUC = (Σ ranks of positives − n₊ (n₊ + 1) / 2) / (n₊ n₋)
/// </code>
/// </summary>
public static class RocAuc
{
    /// <param name="scores">Of each example; higher where the model rather thinks that it is of the class.</param>
    /// <param name="isPositive">Whether it is of the class.</param>
    /// <returns>0 to 1, 0.5 for chance; null where all examples are of the class, or none is.</returns>
    public static double? Of(ReadOnlySpan<float> scores, ReadOnlySpan<bool> isPositive)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(scores.Length, isPositive.Length);
        var positives = (long)isPositive.Count(true);
        var negatives = scores.Length - positives;
        if (positives == 0 || negatives == 0) return null;
        var (sorted, places) = (scores.ToArray(), isPositive.ToArray());
        Array.Sort(sorted, places);
        double rankSum = 0;
        for (var first = 0; first < sorted.Length;)
        {
            var end = first + 1;
            while (end < sorted.Length && sorted[end] == sorted[first]) end++;
            var rank = (first + 1 + end) / 2.0; // the mean of first + 1 … end
            rankSum += rank * places.AsSpan(first, end - first).Count(true);
            first = end;
        }

        return (rankSum - (positives * (positives + 1) / 2.0)) / ((double)positives * negatives);
    }

    /// <summary>The mean over classes of the area of each against all others; classes that nothing or everything is of are left out.</summary>
    /// <param name="classes">Different classes.</param>
    /// <param name="score">Of an example and a class.</param>
    /// <param name="isOf">Whether an example is of a class.</param>
    /// <param name="examples">How many examples there are.</param>
    /// <returns>Null where no class can be measured.</returns>
    public static double? Macro(int classes, int examples, Func<int, int, float> score, Func<int, int, bool> isOf)
    {
        var (scores, positives) = (new float[examples], new bool[examples]);
        var found = new List<double>();
        for (var label = 0; label < classes; label++)
        {
            for (var example = 0; example < examples; example++) (scores[example], positives[example]) = (score(example, label), isOf(example, label));
            if (Of(scores, positives) is { } area) found.Add(area);
        }

        return found.Count == 0 ? null : found.Average();
    }
}
