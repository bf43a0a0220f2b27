using System.Diagnostics;
using RnnTrain.Configuration;
using static TorchSharp.torch;

namespace RnnTrain.Training;

/// <summary>
/// Steps that are done, but not told yet, since their loss and norm are still on the device. All are read at once: one wait for the
/// device instead of one a step.
/// </summary>
public sealed class StepReadings : IDisposable
{
    private readonly List<StepDone> steps = [];
    private readonly List<Tensor> unread = []; // [3] each

    /// <summary>Steps that wait to be read.</summary>
    public int Count => steps.Count;

    /// <param name="step">All that is known of it.</param>
    /// <param name="numbers">Loss and both norms of the step, [3]; taken over.</param>
    public void Add(StepDone step, Tensor numbers)
    {
        steps.Add(step);
        unread.Add(numbers);
    }

    /// <summary>
    /// Waits for the device, and gives out the steps in their order, with loss and norm; the last one's seconds contain the wait. They are
    /// forgotten here.
    /// </summary>
    /// <param name="skipsLosses">True where steps of which the loss is not finite were skipped.</param>
    /// <param name="skipsNorms">True where those were of which the norm is not finite.</param>
    /// <exception cref="TrainingDivergedException">A loss or norm is not finite; the steps before that one were given out.</exception>
    public IEnumerable<StepDone> Read(bool skipsLosses, bool skipsNorms)
    {
        if (unread.Count == 0) yield break;
        var start = Stopwatch.GetTimestamp();
        using var all = stack(unread); // [3] each → [steps, 3]
        var numbers = all.data<float>().ToArray();
        StepDone[] done = [.. steps];
        done[^1] = done[^1] with { Seconds = done[^1].Seconds + Stopwatch.GetElapsedTime(start).TotalSeconds };
        Clear();
        for (var i = 0; i < done.Length; i++)
        {
            var (loss, norm, clippedNorm) = (numbers[3 * i], numbers[3 * i + 1], numbers[3 * i + 2]);
            StepNumbers.RequireFinite(done[i].Step, skipsLosses ? 0 : loss, skipsNorms ? 0 : norm);
            yield return done[i] with { MeanLoss = loss, GradientNorm = norm, ClippedNorm = clippedNorm };
        }
    }

    public void Dispose() => Clear();

    private void Clear()
    {
        foreach (var tensor in unread) tensor.Dispose();
        unread.Clear();
        steps.Clear();
    }
}
