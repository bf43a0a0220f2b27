using RnnTrain.Metrics;
using RnnTrain.Models;
using RnnTrain.Tasks;
using TorchSharp;
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
            for (var index = 0; index < task.EvaluationBatches(split); index++)
            {
                cancel.ThrowIfCancellationRequested();
                using var scope = NewDisposeScope();
                var next = task.Score(task.MakeEvaluationBatch(split, index), carried, totals).Detach().MoveToOuterDisposeScope();
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
