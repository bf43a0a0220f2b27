using RnnTrain.Data.Batching;
using RnnTrain.Metrics;
using RnnTrain.Models;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Tasks;

/// <summary>
/// The mean squared error of real numbers told at the end of an example, which is the loss. Metrics: loss, the same as mean_squared_error, and
/// mean_absolute_error, all a number told.
/// </summary>
internal sealed class ValueObjective(Device device) : IExampleObjective
{
    public string Unit => "example";

    public TaskStep Step(SequenceNetwork model, Tensor hidden, ExampleBatch batch, Tensor? lossScale)
    {
        var mean = Errors(model, hidden, batch).square().mean(); // [batch, outputs] → []
        return new TaskStep(lossScale is null ? mean : mean * lossScale, mean.detach(), Carried: null);
    }

    public TaskScore Score(SequenceNetwork model, Tensor hidden, ExampleBatch batch)
    {
        var errors = Errors(model, hidden, batch); // [batch, outputs]
        var exact = errors.detach().to(ScalarType.Float64); // [batch, outputs]
        var sums = stack([exact.square().sum(), exact.abs().sum(), tensor((double)exact.numel(), device: device)]); // [3]
        return new TaskScore(sums, Carried: null, errors.square().mean());
    }

    public IReadOnlyList<MetricValue> LossMetrics(double meanLoss) => [new("loss", meanLoss), new("mean_squared_error", meanLoss)];

    public IReadOnlyList<MetricValue> Metrics(IReadOnlyList<double> sums) =>
        [.. LossMetrics(sums[0] / sums[2]), new("mean_absolute_error", sums[1] / sums[2])];

    private Tensor Errors(SequenceNetwork model, Tensor hidden, ExampleBatch batch)
    {
        var wanted = device.To(tensor(batch.Values, [batch.BatchSize, batch.Shape.Outputs])); // [batch, outputs]
        return model.Tell(hidden) - wanted; // [batch, outputs]
    }
}
