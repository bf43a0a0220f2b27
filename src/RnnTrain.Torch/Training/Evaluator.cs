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
    /// <summary>The totals over the whole split; null where the token was cancelled between two batches. It waits for the device once, at the end.</summary>
    public static TokenTotals? Run(ITask task, Split split, CancellationToken cancel)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var sums = zeros(2, ScalarType.Float64, task.Model.parameters().First().device); // [2]: losses, correct predictions
        long tokens = 0;
        RecurrentState? carried = null;
        var wasTraining = task.Model.training;
        task.Model.eval();
        try
        {
            using var batches = new Prefetch<TokenBatch>(
                0, task.EvaluationBatches(split), (index, old) => task.MakeEvaluationBatch(split, index, old));
            for (var done = 0; done < task.EvaluationBatches(split); done++)
            {
                if (cancel.IsCancellationRequested) return null;
                using var batchScope = NewDisposeScope();
                var batch = batches.Next();
                var score = task.Score(split, batch, carried);
                sums.add_(stack([score.LossSum.to(ScalarType.Float64), score.Correct.to(ScalarType.Float64)])); // [2]
                tokens += batch.TargetCount;
                carried?.Dispose();
                carried = score.Carried.MoveToOuterDisposeScope();
            }
        }
        finally
        {
            task.Model.train(wasTraining);
        }

        var numbers = sums.data<double>().ToArray();
        var totals = new TokenTotals();
        totals.Add(numbers[0], tokens, (long)numbers[1]);
        return totals;
    }
}
