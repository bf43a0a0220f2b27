namespace RnnTrain.Engines;

/// <summary>
/// The path of the highest score through a chain of classes: Viterbi, "Error bounds for convolutional codes and an asymptotically optimum
/// decoding algorithm" (1967). Of equal ones it takes the class of the lowest number, from the last step back.
/// <code>
/// δ_0(j) = start(j) + x_0(j)        δ_t(j) = max_i (δ_(t−1)(i) + A(i, j)) + x_t(j)        highest: max_j (δ_(T−1)(j) + end(j))
/// </code>
/// </summary>
/// <param name="transitions">A: from a class, to a class, [classes, classes].</param>
/// <param name="start">[classes].</param>
/// <param name="end">[classes].</param>
internal sealed class BestPath(double[] transitions, double[] start, double[] end)
{
    private readonly int classes = start.Length;

    /// <summary>The class of each step of one example.</summary>
    /// <param name="scores">x, [length, classes].</param>
    public int[] Find(ReadOnlySpan<double> scores)
    {
        var length = scores.Length / classes;
        var from = new int[length * classes];
        var (highest, next) = (new double[classes], new double[classes]);
        for (var j = 0; j < classes; j++) highest[j] = start[j] + scores[j];
        for (var t = 1; t < length; t++)
        {
            var here = scores.Slice(t * classes, classes);
            var cameFrom = from.AsSpan(t * classes, classes);
            next.AsSpan().Fill(double.NegativeInfinity);
            for (var i = 0; i < classes; i++)
            {
                var row = transitions.AsSpan(i * classes, classes);
                for (var j = 0; j < classes; j++)
                {
                    if (highest[i] + row[j] <= next[j]) continue;
                    next[j] = highest[i] + row[j];
                    cameFrom[j] = i;
                }
            }

            for (var j = 0; j < classes; j++) next[j] += here[j];
            (highest, next) = (next, highest);
        }

        for (var j = 0; j < classes; j++) highest[j] += end[j];
        return Back(from, Array.IndexOf(highest, highest.Max()), length);
    }

    private int[] Back(int[] from, int last, int length)
    {
        var path = new int[length];
        path[^1] = Math.Max(last, 0); // not found where no score is a number
        for (var t = length - 1; t > 0; t--) path[t - 1] = from[(t * classes) + path[t]];
        return path;
    }
}
