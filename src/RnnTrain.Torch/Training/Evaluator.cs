using RnnTrain.Data;
using RnnTrain.Data.Batching;
using RnnTrain.Layers;
using RnnTrain.Metrics;
using RnnTrain.Tasks;
using static TorchSharp.torch;

namespace RnnTrain.Training;

/// <summary>Scores a model on a split: every token once, recurrent state carried along each lane.</summary>
public static class Evaluator
{
    /// <summary>The task's metrics over the whole split, or its first batches; null where the token was cancelled between two batches. It waits for the device once, at the end.</summary>
    public static IReadOnlyList<MetricValue>? Run(IScoredTask task, Split split, CancellationToken cancel, int mostBatches = int.MaxValue)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        Tensor? sums = null; // [sums]
        RecurrentState? carried = null;
        var wasTraining = task.Model.training;
        task.Model.eval();
        try
        {
            var count = Math.Min(mostBatches, task.EvaluationBatches(split));
            using var batches = new Prefetch<Batch>(
                0, count, (index, old) => task.MakeEvaluationBatch(split, index, old));
            for (var done = 0; done < count; done++)
            {
                if (cancel.IsCancellationRequested) return null;
                using var batchScope = NewDisposeScope();
                var batch = batches.Next();
                var score = task.Score(split, batch, carried);
                if (sums is null) sums = score.Sums.MoveToOuterDisposeScope();
                else sums.add_(score.Sums);
                carried?.Dispose();
                carried = score.Carried?.MoveToOuterDisposeScope();
            }
        }
        finally
        {
            task.Model.train(wasTraining);
        }

        return task.Metrics(sums!.data<double>().ToArray());
    }
}
