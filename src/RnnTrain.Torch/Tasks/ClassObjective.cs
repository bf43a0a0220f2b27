using RnnTrain.Configuration;
using RnnTrain.Data.Batching;
using RnnTrain.Metrics;
using RnnTrain.Models;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Tasks;

/// <summary>
/// The cross-entropy of classes, one an example. Metrics: loss in nats; accuracy, the share of classes that got the highest probability.
/// </summary>
internal sealed class ClassObjective(TrainingOptions training, Device device) : IExampleObjective
{
    public string Unit => "example";

    public TaskStep Step(SequenceNetwork model, Tensor hidden, ExampleBatch batch, Tensor? lossScale)
    {
        var loss = model.ClassLoss(hidden, Targets(batch), factor: 1, lossScale, training.LabelSmoothing); // [rows, hidden] → []
        return new TaskStep(loss.Objective, loss.Mean(), Carried: null);
    }

    public TaskScore Score(SequenceNetwork model, Tensor hidden, ExampleBatch batch)
    {
        var targets = Targets(batch); // [rows]
        var loss = model.ClassLoss(hidden, targets); // [rows, hidden] → []
        Tensor[] counts = [loss.Sum, loss.Correct ?? zeros_like(loss.Count), loss.Count];
        return new TaskScore(stack(counts.Select(count => count.to(ScalarType.Float64))), Carried: null, loss.Objective); // [3]
    }

    public IReadOnlyList<MetricValue> LossMetrics(double meanLoss) => [new("loss", meanLoss)];

    public IReadOnlyList<MetricValue> Metrics(IReadOnlyList<double> sums) => [new("loss", sums[0] / sums[2]), new("accuracy", sums[1] / sums[2])];

    private Tensor Targets(ExampleBatch batch) => device.To(tensor(batch.Classes)); // [rows]
}
