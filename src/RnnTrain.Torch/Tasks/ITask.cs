using RnnTrain.Data;
using RnnTrain.Data.Batching;
using RnnTrain.Layers;
using RnnTrain.Models;
using static TorchSharp.torch;

namespace RnnTrain.Tasks;

/// <summary>What a network learns to do: a model with its data, as the training loop and the evaluator see it.</summary>
public interface ITask : IDisposable
{
    /// <summary>The network; its parameters live on the run's device.</summary>
    LanguageModel Model { get; }

    /// <summary>What a log should say of how it is computed, one line each.</summary>
    IReadOnlyList<string> Notes { get; }

    /// <summary>Optimizer steps of one pass over the training data.</summary>
    int BatchesPerEpoch { get; }

    /// <summary>Makes a training batch: a pure function of its place, called from two threads but never from both at once, so that a resumed run sees the same.</summary>
    /// <param name="epoch">The pass over the data, counted from 1.</param>
    /// <param name="index">The batch within the pass, counted from 0.</param>
    /// <param name="old">A batch that nobody uses any more; it may become this one.</param>
    TokenBatch MakeBatch(int epoch, int index, TokenBatch? old = null);

    /// <summary>Batches that score a split once; 0 when there is no such data.</summary>
    int EvaluationBatches(Split split);

    /// <summary>Makes an evaluation batch, called from two threads but never from both at once.</summary>
    /// <param name="split">What it is a batch of.</param>
    /// <param name="index">Counted from 0.</param>
    /// <param name="old">A batch that nobody uses any more; it may become this one.</param>
    TokenBatch MakeEvaluationBatch(Split split, int index, TokenBatch? old = null);

    /// <summary>Forward pass with loss on one training batch.</summary>
    /// <param name="batch">From <see cref="MakeBatch"/>.</param>
    /// <param name="carried">The recurrent state the last batch ended with; null at the start of a pass.</param>
    /// <param name="lossScale">What the objective is multiplied by, before its gradients are in a short type: a scalar of Float32; null for 1.</param>
    /// <param name="clock">Told when <see cref="Stage.Forward"/> ends; null where nobody measures.</param>
    TaskStep Step(TokenBatch batch, RecurrentState? carried, Tensor? lossScale = null, IStageClock? clock = null);

    /// <summary>Scores one evaluation batch; runs under no_grad in evaluation mode.</summary>
    /// <param name="split">What it is a batch of.</param>
    /// <param name="batch">From <see cref="MakeEvaluationBatch"/>.</param>
    /// <param name="carried">The recurrent state the last batch ended with; null at the start of the split.</param>
    TaskScore Score(Split split, TokenBatch batch, RecurrentState? carried);
}

/// <summary>One forward pass of a training batch.</summary>
/// <param name="Objective">What is minimised, times the loss scale: a scalar with gradient.</param>
/// <param name="MeanLoss">The mean loss of the batch's tokens in nats, a scalar.</param>
/// <param name="Carried">The recurrent state after the batch, without gradient.</param>
public readonly record struct TaskStep(Tensor Objective, Tensor MeanLoss, RecurrentState Carried);

/// <summary>What a model makes of one evaluation batch, left on its device.</summary>
/// <param name="LossSum">The sum of the tokens' losses in nats, a scalar.</param>
/// <param name="Correct">How many tokens got the highest probability of all, a scalar.</param>
/// <param name="Carried">The recurrent state for the next batch.</param>
public readonly record struct TaskScore(Tensor LossSum, Tensor Correct, RecurrentState Carried);
