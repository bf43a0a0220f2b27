using RnnTrain.Configuration;
using RnnTrain.Data.Batching;
using RnnTrain.Metrics;
using RnnTrain.Models;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Tasks;

/// <summary>
/// The cross-entropy of classes, one an example or one a step. Metrics: loss in nats; accuracy, the share of classes that got the highest probability;
/// and where there is one a step sequence_accuracy, the share of examples all of whose classes did.
/// </summary>
internal sealed class ClassObjective(TrainingOptions training, Device device, bool eachStep) : IExampleObjective
{
    public string Unit => eachStep ? "label" : "example";

    public TaskStep Step(SequenceNetwork model, Tensor hidden, ExampleBatch batch, Tensor? lossScale)
    {
        var factor = training.LossReduction == LossReduction.Mean ? 1 : batch.Steps;
        var loss = model.ClassLoss(hidden, Targets(batch), factor, lossScale, training.LabelSmoothing); // [rows, hidden] → []
        return new TaskStep(loss.Objective, loss.Mean(), Carried: null);
    }

    public TaskScore Score(SequenceNetwork model, Tensor hidden, ExampleBatch batch)
    {
        var targets = Targets(batch); // [rows]
        var loss = model.ClassLoss(hidden, targets); // [rows, hidden] → []
        var counts = new List<Tensor> { loss.Sum, loss.Correct ?? zeros_like(loss.Count), loss.Count };
        if (eachStep) counts.AddRange([WholeExamples(model, hidden, targets, batch), tensor((long)batch.BatchSize, device: device)]);
        return new TaskScore(stack(counts.Select(count => count.to(ScalarType.Float64))), Carried: null, loss.Objective); // [sums]
    }

    public IReadOnlyList<MetricValue> LossMetrics(double meanLoss) => [new("loss", meanLoss)];

    public IReadOnlyList<MetricValue> Metrics(IReadOnlyList<double> sums)
    {
        List<MetricValue> values = [new("loss", sums[0] / sums[2]), new("accuracy", sums[1] / sums[2])];
        if (eachStep) values.Add(new("sequence_accuracy", sums[3] / sums[4]));
        return values;
    }

    private Tensor Targets(ExampleBatch batch) => device.To(tensor(batch.Classes)); // [rows]

    /// <summary>How many examples have no class wrong, a scalar.</summary>
    private static Tensor WholeExamples(SequenceNetwork model, Tensor hidden, Tensor targets, ExampleBatch batch)
    {
        var told = model.Tell(hidden).argmax(1); // [time · batch, hidden] → [time · batch]
        var wrong = told.ne(targets).logical_and(targets.ne(TokenBatch.Ignored)); // [time · batch]
        return wrong.view(batch.Steps, batch.BatchSize).sum(0L).eq(0).sum(); // [time, batch] → [batch] → []
    }
}
