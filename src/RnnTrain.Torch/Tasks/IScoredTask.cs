using RnnTrain.Data;
using RnnTrain.Data.Batching;
using RnnTrain.Layers;
using RnnTrain.Metrics;
using RnnTrain.Models;

namespace RnnTrain.Tasks;

/// <summary>A model with its data, as far as it can be scored, however it was trained.</summary>
public interface IScoredTask : IDisposable
{
    /// <summary>The model; its parameters live on the run's device.</summary>
    SequenceModel Model { get; }

    /// <summary>What a log should say of how it is computed, one line each.</summary>
    IReadOnlyList<string> Notes { get; }

    /// <summary>What is scored, in the singular: `token`.</summary>
    string Unit { get; }

    /// <summary>Batches that score a split once; 0 when there is no such data.</summary>
    int EvaluationBatches(Split split);

    /// <summary>Makes an evaluation batch, called from two threads but never from both at once.</summary>
    /// <param name="split">What it is a batch of.</param>
    /// <param name="index">Counted from 0.</param>
    /// <param name="old">A batch that nobody uses any more; it may become this one.</param>
    Batch MakeEvaluationBatch(Split split, int index, Batch? old = null);

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

    /// <summary>Everything that can be measured of a split, once, when training is over: tables too, and what needs all rows together.</summary>
    /// <param name="sums">The sum of <see cref="TaskScore.Sums"/> over the split.</param>
    /// <param name="rows">All of <see cref="TaskScore.Rows"/>; null where the task gives none.</param>
    SplitScores Examine(IReadOnlyList<double> sums, ScoredRows? rows) => new(Metrics(sums), []);
}
