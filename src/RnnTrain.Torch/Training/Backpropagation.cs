using RnnTrain.Data.Batching;
using RnnTrain.Layers;
using RnnTrain.Tasks;
using static TorchSharp.torch;

namespace RnnTrain.Training;

/// <summary>
/// The gradient of a batch: forward, loss and backward. In several parts the batch is cut by examples, and so is the recurrent state; each
/// part's objective counts by its share of the targets, so that the sum of the gradients is that of the whole, in the memory of a part.
/// </summary>
/// <param name="task">What is learned.</param>
/// <param name="parts">How many parts.</param>
/// <param name="stages">Who measures, or null.</param>
public sealed class Backpropagation(ITask task, int parts, StageTimes? stages)
{
    /// <summary>Adds the gradient of the objective to that of the model's parameters.</summary>
    /// <param name="batch">The training batch.</param>
    /// <param name="carried">The recurrent state the last batch ended with; null where it begins anew.</param>
    /// <param name="lossScale">What the objective is multiplied by besides; null for 1.</param>
    /// <returns>The mean loss of the targets, [] without gradient, and the state after the batch.</returns>
    public (Tensor MeanLoss, RecurrentState? Carried) Run(Batch batch, RecurrentState? carried, Tensor? lossScale)
    {
        if (parts == 1) return RunPart(batch, carried, lossScale);
        List<Tensor> losses = []; // [] each
        List<RecurrentState> states = [];
        for (var part = 0; part < parts; part++)
        {
            using var scope = NewDisposeScope();
            var first = (int)((long)part * batch.BatchSize / parts); // a last batch may be smaller, and no multiple of the parts
            var count = (int)((part + 1L) * batch.BatchSize / parts) - first;
            if (count == 0) continue;
            var piece = batch.Part(first, count);
            var share = (double)piece.TargetCount / batch.TargetCount;
            if (share == 0) continue; // nothing to learn from
            var state = carried?.Map((_, tensor) => tensor.narrow(0, first, count)); // [batch, …] → [part, …]
            var (loss, next) = RunPart(piece, state, Factor(share, lossScale));
            losses.Add((loss * share).MoveToOuterDisposeScope()); // []
            if (next is not null) states.Add(next.MoveToOuterDisposeScope());
        }

        return (stack(losses).sum(), states.Count == 0 ? null : Joined(states)); // [parts] → []
    }

    private (Tensor MeanLoss, RecurrentState? Carried) RunPart(Batch batch, RecurrentState? carried, Tensor? lossScale)
    {
        var step = task.Step(batch, carried, lossScale, stages);
        stages?.Mark(Stage.Loss);
        step.Objective.backward();
        stages?.Mark(Stage.Backward);
        return (step.MeanLoss.detach(), step.Carried);
    }

    private Tensor Factor(double share, Tensor? lossScale) =>
        lossScale is null ? full([], share, ScalarType.Float32, task.Model.parameters().First().device) : lossScale * share; // []

    private static RecurrentState Joined(List<RecurrentState> states)
    {
        var named = states.Select(state => state.NamedTensors().ToDictionary(part => part.Name, part => part.Value)).ToList();
        return states[0].Map((name, _) => cat(named.Select(state => state[name]).ToList())); // [part, …] each → [batch, …]
    }
}
