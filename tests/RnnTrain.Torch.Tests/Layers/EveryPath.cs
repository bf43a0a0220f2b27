using static TorchSharp.torch;

namespace RnnTrain.Tests.Layers;

/// <summary>Every sequence of classes through a few steps with its score: what a conditional random field computes without looking at each.</summary>
internal sealed class EveryPath
{
    private readonly double[] transitions;
    private readonly double[] start;
    private readonly double[] end;
    private readonly int classes;

    /// <param name="transitions">[classes, classes].</param>
    /// <param name="start">[classes].</param>
    /// <param name="end">[classes].</param>
    public EveryPath(Tensor transitions, Tensor start, Tensor end)
    {
        (this.transitions, this.start, this.end) = (Numbers.Of(transitions), Numbers.Of(start), Numbers.Of(end));
        classes = this.start.Length;
    }

    /// <param name="scores">[length, classes].</param>
    public List<(int[] Path, double Score)> Of(Tensor scores)
    {
        var (x, length) = (Numbers.Of(scores), (int)scores.size(0));
        var count = (int)Math.Pow(classes, length);
        return [.. Enumerable.Range(0, count).Select(number =>
        {
            var path = new int[length];
            for (var t = 0; t < length; t++, number /= classes) path[t] = number % classes;
            return (path, Score(x, path));
        })];
    }

    /// <summary>log Σ exp of some paths.</summary>
    public static double LogSum(IEnumerable<(int[] Path, double Score)> paths)
    {
        var scores = paths.Select(path => path.Score).ToList();
        var highest = scores.Max();
        return highest + Math.Log(scores.Sum(score => Math.Exp(score - highest)));
    }

    private double Score(double[] x, int[] path)
    {
        var score = start[path[0]] + end[path[^1]];
        for (var t = 0; t < path.Length; t++) score += x[(t * classes) + path[t]] + (t > 0 ? transitions[(path[t - 1] * classes) + path[t]] : 0);
        return score;
    }
}
