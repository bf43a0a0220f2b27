using RnnTrain.Configuration;
using RnnTrain.Data.Batching;
using RnnTrain.Data.Examples;
using RnnTrain.Metrics;
using RnnTrain.Models;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Tasks;

/// <summary>
/// One class a step: its cross-entropy, or with a conditional random field −log p of all classes of a sequence. Metrics: loss in nats a label;
/// accuracy, the share of labels told right; sequence_accuracy, the share of examples with no label wrong; and <see cref="SpanMetrics"/>
/// where labels mark spans.
/// </summary>
internal sealed class LabelObjective : IExampleObjective
{
    private const int Plain = 5; // loss, right labels, labels, examples without a mistake, examples
    private readonly TrainingOptions training;
    private readonly Device device;
    private readonly SpanMetrics spans;

    public LabelObjective(TaskArguments arguments)
    {
        (training, device) = (arguments.Config.Training, arguments.Device);
        spans = new SpanMetrics(arguments.Config.Data.Format.Tagging, ((ExampleData)arguments.Data).Lexicon?.Labels?.Symbols ?? []);
    }

    public string Unit => "label";

    public TaskStep Step(SequenceNetwork model, Tensor hidden, ExampleBatch batch, Tensor? lossScale)
    {
        var factor = training.LossReduction == LossReduction.Mean ? 1 : batch.Steps;
        if (model.Field is null)
        {
            var loss = model.ClassLoss(hidden, Targets(batch), factor, lossScale, training.LabelSmoothing); // [rows, hidden] → []
            return new TaskStep(loss.Objective, loss.Mean(), Carried: null);
        }

        var mean = model.FieldLoss(hidden, batch.Classes, LengthsOf(batch)) / batch.TargetCount; // []
        var objective = factor == 1 ? mean : mean * factor; // []
        return new TaskStep(lossScale is null ? objective : objective * lossScale, mean.detach(), Carried: null);
    }

    public TaskScore Score(SequenceNetwork model, Tensor hidden, ExampleBatch batch)
    {
        var sums = new double[Plain + spans.Counts];
        Count(model.Labels(hidden, LengthsOf(batch)), batch, sums);
        var counted = device.To(tensor(sums)); // [sums]
        if (model.Field is null)
        {
            var loss = model.ClassLoss(hidden, Targets(batch)); // [rows, hidden] → []
            return new TaskScore(WithLoss(counted, loss.Sum), Carried: null, loss.Objective);
        }

        var sum = model.FieldLoss(hidden, batch.Classes, LengthsOf(batch)); // []
        return new TaskScore(WithLoss(counted, sum), Carried: null, sum / batch.TargetCount);
    }

    public IReadOnlyList<MetricValue> LossMetrics(double meanLoss) => [new("loss", meanLoss)];

    public IReadOnlyList<MetricValue> Metrics(IReadOnlyList<double> sums) =>
    [
        new("loss", sums[0] / sums[2]), new("accuracy", sums[1] / sums[2]), new("sequence_accuracy", sums[3] / sums[4]),
        .. spans.Values([.. sums.Skip(Plain)]),
    ];

    private static Tensor WithLoss(Tensor counted, Tensor sum)
    {
        counted[0] = sum.detach().to(ScalarType.Float64);
        return counted;
    }

    /// <summary>Everything but the loss.</summary>
    private void Count(long[] told, ExampleBatch batch, double[] sums)
    {
        for (var example = 0; example < batch.BatchSize; example++)
        {
            var places = Enumerable.Range(0, (int)batch.Lengths[example]).Select(time => (time * batch.BatchSize) + example)
                .Where(place => batch.Classes[place] != TokenBatch.Ignored).ToList();
            var right = places.Count(place => told[place] == batch.Classes[place]);
            sums[1] += right;
            sums[2] += places.Count;
            if (right == places.Count) sums[3]++;
            sums[4]++;
            spans.Count(places.Select(place => batch.Classes[place]), places.Select(place => told[place]), sums.AsSpan(Plain));
        }
    }

    private Tensor Targets(ExampleBatch batch) => device.To(tensor(batch.Classes)); // [rows]

    private Lengths LengthsOf(ExampleBatch batch) => new(batch.Lengths, batch.Steps, device);
}
