using RnnTrain.Data.Batching;
using RnnTrain.Layers;
using static TorchSharp.torch;

namespace RnnTrain.Tasks;

/// <summary>What a network learns to do by gradients, as the training loop sees it.</summary>
public interface ITask : IScoredTask
{
    /// <summary>Optimizer steps of a pass over the training data, counted from 1: a pure function of it.</summary>
    int BatchesIn(int epoch);

    /// <summary>Makes a training batch: a pure function of its place, called from two threads but never from both at once, so that a resumed run sees the same.</summary>
    /// <param name="epoch">The pass over the data, counted from 1.</param>
    /// <param name="index">The batch within the pass, counted from 0.</param>
    /// <param name="old">A batch that nobody uses any more; it may become this one.</param>
    Batch MakeBatch(int epoch, int index, Batch? old = null);

    /// <summary>Forward pass with loss on one training batch.</summary>
    /// <param name="batch">From <see cref="MakeBatch"/>.</param>
    /// <param name="carried">The recurrent state the last batch ended with; null at the start of a pass.</param>
    /// <param name="lossScale">What the objective is multiplied by, before its gradients are in a short type: a scalar of Float32; null for 1.</param>
    /// <param name="clock">Told when <see cref="Stage.Forward"/> ends; null where nobody measures.</param>
    TaskStep Step(Batch batch, RecurrentState? carried, Tensor? lossScale = null, IStageClock? clock = null);
}

/// <summary>One forward pass of a training batch.</summary>
/// <param name="Objective">What is minimised, times the loss scale: a scalar with gradient.</param>
/// <param name="MeanLoss">The mean loss of the batch's targets, a scalar.</param>
/// <param name="Carried">The recurrent state after the batch, without gradient; null where the next batch begins anew.</param>
public readonly record struct TaskStep(Tensor Objective, Tensor MeanLoss, RecurrentState? Carried);

/// <summary>What a model makes of one evaluation batch, left on its device.</summary>
/// <param name="Sums">What its metrics follow from when added up over the batches of a split: [sums] of Float64.</param>
/// <param name="Carried">The recurrent state for the next batch; null where that one begins anew.</param>
/// <param name="MeanLoss">
/// The mean loss of the batch's targets and nothing else, a scalar; with gradient where somebody has enabled that, as `rnn diagnose` does.
/// </param>
public readonly record struct TaskScore(Tensor Sums, RecurrentState? Carried, Tensor? MeanLoss = null)
{
    /// <summary>What metrics need of each example that do not follow from sums: [rows, columns] of Float32, the same columns in all batches; null where there are none.</summary>
    public Tensor? Rows { get; init; }
}
