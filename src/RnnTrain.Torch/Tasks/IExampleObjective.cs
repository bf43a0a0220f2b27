using RnnTrain.Data.Batching;
using RnnTrain.Metrics;
using RnnTrain.Models;
using static TorchSharp.torch;

namespace RnnTrain.Tasks;

/// <summary>What is minimised and measured of a network's answers.</summary>
internal interface IExampleObjective
{
    /// <summary>What is scored, in the singular: `example`.</summary>
    string Unit { get; }

    /// <summary>The loss of a training batch.</summary>
    /// <param name="model">The network.</param>
    /// <param name="hidden">What its output layer reads, [rows, hidden].</param>
    /// <param name="batch">The batch.</param>
    /// <param name="lossScale">What the objective is multiplied by; null for 1.</param>
    TaskStep Step(SequenceNetwork model, Tensor hidden, ExampleBatch batch, Tensor? lossScale);

    /// <summary>Scores an evaluation batch.</summary>
    TaskScore Score(SequenceNetwork model, Tensor hidden, ExampleBatch batch);

    /// <inheritdoc cref="IScoredTask.LossMetrics"/>
    IReadOnlyList<MetricValue> LossMetrics(double meanLoss);

    /// <inheritdoc cref="IScoredTask.Metrics"/>
    IReadOnlyList<MetricValue> Metrics(IReadOnlyList<double> sums);

    /// <inheritdoc cref="IScoredTask.Examine"/>
    SplitScores Examine(IReadOnlyList<double> sums, ScoredRows? rows) => new(Metrics(sums), []);
}
