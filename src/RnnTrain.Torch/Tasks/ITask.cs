using RnnTrain.Data;
using RnnTrain.Data.Batching;
using RnnTrain.Layers;
using RnnTrain.Metrics;
using RnnTrain.Models;
using static TorchSharp.torch;

namespace RnnTrain.Tasks;

/// <summary>What a network learns to do: a model with its data, as the training loop and the evaluator see it.</summary>
public interface ITask : IDisposable
{
    /// <summary>The network; its parameters live on the run's device.</summary>
    SequenceModel Model { get; }

    /// <summary>What a log should say of how it is computed, one line each.</summary>
    IReadOnlyList<string> Notes { get; }

    /// <summary>What is scored, in the singular: `token`.</summary>
    string Unit { get; }

    /// <summary>Optimizer steps of a pass over the training data, counted from 1: a pure function of it.</summary>
    int BatchesIn(int epoch);

    /// <summary>Makes a training batch: a pure function of its place, called from two threads but never from both at once, so that a resumed run sees the same.</summary>
    /// <param name="epoch">The pass over the data, counted from 1.</param>
    /// <param name="index">The batch within the pass, counted from 0.</param>
    /// <param name="old">A batch that nobody uses any more; it may become this one.</param>
    Batch MakeBatch(int epoch, int index, Batch? old = null);

    /// <summary>Batches that score a split once; 0 when there is no such data.</summary>
    int EvaluationBatches(Split split);

    /// <summary>Makes an evaluation batch, called from two threads but never from both at once.</summary>
    /// <param name="split">What it is a batch of.</param>
    /// <param name="index">Counted from 0.</param>
    /// <param name="old">A batch that nobody uses any more; it may become this one.</param>
    Batch MakeEvaluationBatch(Split split, int index, Batch? old = null);

    /// <summary>Forward pass with loss on one training batch.</summary>
    /// <param name="batch">From <see cref="MakeBatch"/>.</param>
    /// <param name="carried">The recurrent state the last batch ended with; null at the start of a pass.</param>
    /// <param name="lossScale">What the objective is multiplied by, before its gradients are in a short type: a scalar of Float32; null for 1.</param>
    /// <param name="clock">Told when <see cref="Stage.Forward"/> ends; null where nobody measures.</param>
    TaskStep Step(Batch batch, RecurrentState? carried, Tensor? lossScale = null, IStageClock? clock = null);

    /// <summary>Scores one evaluation batch in evaluation mode; under no_grad unless somebody wants the gradient of the mean loss.</summary>
    /// <param name="split">What it is a batch of.</param>
    /// <param name="batch">From <see cref="MakeEvaluationBatch"/>.</param>
    /// <param name="carried">The recurrent state the last batch ended with; null at the start of the split.</param>
    TaskScore Score(Split split, Batch batch, RecurrentState? carried);

    /// <summary>What follows from a mean loss alone: the loss itself first, under the name `loss`, then what people rather read.</summary>
    IReadOnlyList<MetricValue> LossMetrics(double meanLoss);

    /// <summary>Everything that follows from scores added up: `loss` first, by which checkpoints are compared.</summary>
    /// <param name="sums">The sum of <see cref="TaskScore.Sums"/> over a split.</param>
    IReadOnlyList<MetricValue> Metrics(IReadOnlyList<double> sums);
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
public readonly record struct TaskScore(Tensor Sums, RecurrentState? Carried, Tensor? MeanLoss = null);
