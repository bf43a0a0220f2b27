using RnnTrain.Configuration;
using RnnTrain.Data;
using RnnTrain.Layers;
using RnnTrain.Models;
using RnnTrain.Tasks;
using static TorchSharp.torch;

namespace RnnTrain.Reports;

/// <summary>Measures how far back in time a network can learn, on batches of its own task. All of it is computed in Float64, where also what nearly vanishes has a norm.</summary>
public static class MemoryMeasurement
{
    /// <summary>Steps of one example whose Jacobian is measured, evenly spread.</summary>
    public const int JacobianSteps = 16;

    /// <param name="task">Its model has unrolled layers; the model stays in Float64 and in evaluation mode.</param>
    /// <param name="split">The data.</param>
    /// <param name="batches">How many of its first batches are read; at most those there are.</param>
    /// <param name="cancel">Stops it between two batches.</param>
    /// <returns>Null where it was stopped.</returns>
    /// <exception cref="UserMistakeException">The network or the task has nothing to measure.</exception>
    public static MemoryDiagnosis? Of(IScoredTask task, Split split, int batches, CancellationToken cancel)
    {
        var stack = task.Model.modules().OfType<RecurrentStack>().FirstOrDefault()
            ?? throw new UserMistakeException("the model has no recurrent layers: there is nothing to diagnose");
        task.Model.eval();
        task.Model.ComputeIn(ScalarType.Float64);
        var probe = new MemoryProbe();
        var totals = new SortedDictionary<(int Layer, int Direction), LayerTotals>();
        RecurrentState? carried = null;
        stack.ObserveSteps(probe);
        try
        {
            for (var batch = 0; batch < Math.Min(batches, task.EvaluationBatches(split)); batch++)
            {
                if (cancel.IsCancellationRequested) return null;
                using var scope = NewDisposeScope();
                var next = Read(task, split, batch, carried, probe, totals)?.MoveToOuterDisposeScope();
                carried?.Dispose();
                carried = next;
                probe.Clear();
            }
            return Conclude(totals);
        }
        finally
        {
            stack.ObserveSteps(null);
            carried?.Dispose();
            foreach (var layer in totals.Values) layer.Dispose();
        }
    }

    private static RecurrentState? Read(
        IScoredTask task, Split split, int index, RecurrentState? carried, MemoryProbe probe, SortedDictionary<(int Layer, int Direction), LayerTotals> totals)
    {
        using var recording = enable_grad();
        var batch = task.MakeEvaluationBatch(split, index);
        var score = task.Score(split, batch, carried);
        var mean = score.MeanLoss ?? throw new UserMistakeException("this task does not tell its loss with a gradient: there is nothing to diagnose");
        var arrivals = new LastLoss(probe, mean * batch.TargetCount).Arrivals();
        ClearGradients(task.Model); // an output layer leaves its own behind
        foreach (var (place, steps) in probe.Steps)
        {
            if (!totals.TryGetValue(place, out var known)) totals[place] = known = new LayerTotals(steps[0].Cell);
            known.Add(steps, arrivals[place], probe.Lengths?.Shortest ?? steps.Count);
        }
        return score.Carried?.Detach();
    }

    private static MemoryDiagnosis Conclude(SortedDictionary<(int Layer, int Direction), LayerTotals> totals)
    {
        var measured = totals.Where(layer => layer.Value.Examples > 0 && layer.Value.Steps > 1).ToArray();
        if (measured.Length == 0)
        {
            throw new UserMistakeException("no example has a target at its last step, and steps before it: there is nothing to diagnose; read more or longer batches");
        }
        return new MemoryDiagnosis([.. measured.Select(layer => layer.Value.Conclude(layer.Key.Layer, layer.Key.Direction))], measured[0].Value.Examples);
    }

    private static void ClearGradients(SequenceModel model)
    {
        foreach (var parameter in model.parameters()) parameter.grad = null;
    }
}
