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
        using var scope = NewDisposeScope();
        return Scores(task, split, keepRows: false, cancel, mostBatches) is var (sums, _) ? task.Metrics(Read(sums)) : null;
    }

    /// <summary>The same with all that can be measured when training is over: tables, and metrics that need to see all rows together.</summary>
    public static SplitScores? Examine(IScoredTask task, Split split, CancellationToken cancel)
    {
        using var scope = NewDisposeScope();
        if (Scores(task, split, keepRows: true, cancel, int.MaxValue) is not var (sums, rows)) return null;
        if (rows.Count == 0) return task.Examine(Read(sums), rows: null);
        var all = cat(rows); // [rows, columns]
        return task.Examine(Read(sums), new ScoredRows((int)all.size(1), all.cpu().data<float>().ToArray()));
    }

    private static double[] Read(Tensor sums) => sums.data<double>().ToArray();

    /// <summary>The scores of all batches added up, and their rows; in the caller's dispose scope.</summary>
    private static (Tensor Sums, List<Tensor> Rows)? Scores(IScoredTask task, Split split, bool keepRows, CancellationToken cancel, int mostBatches)
    {
        using var frozen = no_grad();
        Tensor? sums = null; // [sums]
        List<Tensor> rows = []; // [rows, columns] each
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
                if (keepRows && score.Rows is { } seen) rows.Add(seen.MoveToOuterDisposeScope());
                carried?.Dispose();
                carried = score.Carried?.MoveToOuterDisposeScope();
            }
        }
        finally
        {
            task.Model.train(wasTraining);
        }

        return (sums!, rows);
    }
}
