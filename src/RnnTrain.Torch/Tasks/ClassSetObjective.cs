using RnnTrain.Configuration;
using RnnTrain.Data.Batching;
using RnnTrain.Metrics;
using RnnTrain.Metrics.Classification;
using RnnTrain.Models;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Tasks;

/// <summary>
/// Any number of classes an example: each has a probability σ(z_k) of its own, and the loss is the binary cross-entropy, a mean over examples
/// and classes. Label smoothing ε makes of a target y the target (1 − ε) y + ε / 2. Metrics: loss in nats; accuracy, the share of all pairs of
/// example and class that are told right; exact_match, the share of examples all of whose classes are; macro and micro F1; and where all
/// examples are looked at together ROC AUC, calibration and Brier's score.
/// <code>
/// L = −mean(w_k y ln σ(z_k) + (1 − y) ln(1 − σ(z_k)))
/// </code>
/// </summary>
/// <param name="training">Label smoothing.</param>
/// <param name="labels">The names of the classes.</param>
/// <param name="weights">w, of the classes where they are there; null where they count as much as where they are not.</param>
/// <param name="threshold">The probability from which on a class is told.</param>
/// <param name="device">Where tensors live.</param>
internal sealed class ClassSetObjective(
    TrainingOptions training, IReadOnlyList<string> labels, IReadOnlyList<float>? weights, double threshold, Device device) : IExampleObjective
{
    private const int Scalars = 5; // sums before the counts of classes

    public string Unit => "example";

    public TaskStep Step(SequenceNetwork model, Tensor hidden, ExampleBatch batch, Tensor? lossScale)
    {
        var (logits, targets, smoothing) = (model.Tell(hidden), Targets(batch), training.LabelSmoothing); // [batch, classes] each
        var objective = Loss(logits, (targets * (1 - smoothing)) + (smoothing / 2)); // []
        var mean = smoothing == 0 ? objective.detach() : Loss(logits.detach(), targets); // []
        return new TaskStep(lossScale is null ? objective : objective * lossScale, mean, Carried: null);
    }

    public TaskScore Score(SequenceNetwork model, Tensor hidden, ExampleBatch batch)
    {
        var (logits, targets) = (model.Tell(hidden), Targets(batch)); // [batch, classes] each
        var mean = Loss(logits, targets); // []
        var probabilities = logits.detach().sigmoid().to(ScalarType.Float32); // [batch, classes]
        var (told, wanted) = (probabilities.ge(threshold), targets.gt(0.5)); // [batch, classes] each
        var right = told.eq(wanted); // [batch, classes]
        Tensor[] sums =
        [
            (mean.detach().to(ScalarType.Float64) * targets.numel()).unsqueeze(0),
            tensor(new double[] { targets.numel() }, device: device),
            right.sum().unsqueeze(0),
            right.all(1).sum().unsqueeze(0),
            tensor(new double[] { batch.BatchSize }, device: device),
            told.logical_and(wanted).sum(0L), told.sum(0L), wanted.sum(0L), // [classes] each
        ];
        return new TaskScore(cat([.. sums.Select(sum => sum.to(ScalarType.Float64))]), Carried: null, mean)
        {
            Rows = cat([targets.to(ScalarType.Float32), probabilities], 1), // [batch, 2 · classes]
        };
    }

    public IReadOnlyList<MetricValue> LossMetrics(double meanLoss) => [new("loss", meanLoss)];

    public IReadOnlyList<MetricValue> Metrics(IReadOnlyList<double> sums)
    {
        var counts = Counts(sums);
        return
        [
            new("loss", sums[0] / sums[1]), new("accuracy", sums[2] / sums[1]), new("exact_match", sums[3] / sums[4]),
            new("macro_f1", counts.MacroF1), new("micro_f1", counts.MicroF1),
        ];
    }

    public SplitScores Examine(IReadOnlyList<double> sums, ScoredRows? rows)
    {
        if (rows is null) return new SplitScores(Metrics(sums), []);
        var told = new ToldClassSets(rows);
        var calibration = told.Calibration();
        List<MetricValue> values =
            [.. Metrics(sums), new("expected_calibration_error", calibration.ExpectedError), new("brier_score", told.Brier)];
        if (told.RocAuc is { } area) values.Add(new("roc_auc", area));
        return new SplitScores(values, [Counts(sums).Table(labels), calibration.Table()]);
    }

    private ClassCounts Counts(IReadOnlyList<double> sums)
    {
        long[] counts = [.. sums.Skip(Scalars).Select(count => (long)count)];
        return new ClassCounts(counts[..labels.Count], counts[labels.Count..(2 * labels.Count)], counts[(2 * labels.Count)..]);
    }

    private Tensor Targets(ExampleBatch batch) =>
        device.To(tensor(batch.Classes, [batch.BatchSize, batch.Shape.Outputs])).to(ScalarType.Float32); // [batch, classes]

    private Tensor Loss(Tensor logits, Tensor targets) => nn.functional.binary_cross_entropy_with_logits(
        logits, targets.to(logits.dtype), pos_weights: weights is null ? null : tensor(weights.ToArray()).to(logits.dtype).to(device)); // []
}
