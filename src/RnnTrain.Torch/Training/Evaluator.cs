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
    /// <exception cref="OperationCanceledException">The token was cancelled between two batches.</exception>
    public static TokenTotals Run(ITask task, Split split, CancellationToken cancel)
    {
        using var frozen = no_grad();
        var totals = new TokenTotals();
        RecurrentState? carried = null;
        var wasTraining = task.Model.training;
        task.Model.eval();
        try
        {
            using var batches = new Prefetch<TokenBatch>(
                0, task.EvaluationBatches(split), index => task.MakeEvaluationBatch(split, index));
            for (var done = 0; done < task.EvaluationBatches(split); done++)
            {
                cancel.ThrowIfCancellationRequested();
                using var scope = NewDisposeScope();
                var next = task.Score(batches.Next(), carried, totals).MoveToOuterDisposeScope();
                carried?.Dispose();
                carried = next;
            }
        }
        finally
        {
            carried?.Dispose();
            task.Model.train(wasTraining);
        }
        return totals;
    }
}
