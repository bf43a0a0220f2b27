using RnnTrain.Configuration;
using RnnTrain.Data.Batching;
using RnnTrain.Metrics;
using RnnTrain.Metrics.Classification;
using RnnTrain.Models;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Tasks;

/// <summary>
/// The cross-entropy of one class an example, Σ w_y · −ln p(y) / Σ w_y with the weights of the classes. Metrics: loss in nats; accuracy, macro and micro F1 from the
/// confusion matrix; and where all examples are looked at together ROC AUC, calibration and Brier's score.
/// </summary>
/// <param name="training">Label smoothing.</param>
/// <param name="labels">The names of the classes.</param>
/// <param name="weights">Of the classes; null where they count alike.</param>
/// <param name="device">Where tensors live.</param>
internal sealed class ClassificationObjective(TrainingOptions training, IReadOnlyList<string> labels, IReadOnlyList<float>? weights, Device device)
    : IExampleObjective
{
    /// <summary>Of more classes there is neither a matrix nor a probability each: it would take memory by their square.</summary>
    private const int MostClassesInTables = 1000;
    private const int Scalars = 4; // sums before the confusion matrix
    private readonly bool hasTables = labels.Count <= MostClassesInTables;

    public string Unit => "example";

    public TaskStep Step(SequenceNetwork model, Tensor hidden, ExampleBatch batch, Tensor? lossScale)
    {
        var targets = Targets(batch); // [batch]
        if (weights is null)
        {
            var loss = model.ClassLoss(hidden, targets, factor: 1, lossScale, training.LabelSmoothing); // [batch, hidden] → []
            return new TaskStep(loss.Objective, loss.Mean(), Carried: null);
        }

        var logits = model.Tell(hidden); // [batch, hidden] → [batch, classes]
        var objective = nn.functional.cross_entropy(logits, targets, Weights(logits), label_smoothing: training.LabelSmoothing); // []
        var mean = training.LabelSmoothing == 0 ? objective.detach() : Weighted(logits.detach(), targets).Mean; // []
        return new TaskStep(lossScale is null ? objective : objective * lossScale, mean, Carried: null);
    }

    public TaskScore Score(SequenceNetwork model, Tensor hidden, ExampleBatch batch)
    {
        var targets = Targets(batch); // [batch]
        var logits = model.Tell(hidden); // [batch, hidden] → [batch, classes]
        var (sum, weight, mean) = Weighted(logits, targets); // [] each
        var told = logits.detach().argmax(1); // [batch, classes] → [batch]
        var scalars = stack([sum, weight, told.eq(targets).sum().to(ScalarType.Float64), tensor((double)batch.BatchSize, device: device)]); // [scalars]
        if (!hasTables) return new TaskScore(scalars, Carried: null, mean);
        var places = (targets * labels.Count) + told; // [batch]
        var confusion = zeros(labels.Count * labels.Count, ScalarType.Float64, device) // [classes · classes]
            .scatter_add_(0, places, ones_like(places, ScalarType.Float64));
        var probabilities = logits.detach().softmax(1).to(ScalarType.Float32); // [batch, classes]
        return new TaskScore(cat([scalars, confusion]), Carried: null, mean)
        {
            Rows = cat([targets.to(ScalarType.Float32).unsqueeze(1), probabilities], 1), // [batch, 1 + classes]
        };
    }

    public IReadOnlyList<MetricValue> LossMetrics(double meanLoss) => [new("loss", meanLoss)];

    public IReadOnlyList<MetricValue> Metrics(IReadOnlyList<double> sums)
    {
        List<MetricValue> values = [new("loss", sums[0] / sums[1]), new("accuracy", sums[2] / sums[3])];
        if (!hasTables) return values;
        var counts = Confusion(sums).Counts();
        return [.. values, new("macro_f1", counts.MacroF1), new("micro_f1", counts.MicroF1)];
    }

    public SplitScores Examine(IReadOnlyList<double> sums, ScoredRows? rows)
    {
        if (rows is null || !hasTables) return new SplitScores(Metrics(sums), []);
        var (told, confusion) = (new ToldClasses(rows), Confusion(sums));
        var calibration = told.Calibration();
        List<MetricValue> values =
            [.. Metrics(sums), new("expected_calibration_error", calibration.ExpectedError), new("brier_score", told.Brier)];
        if (told.RocAuc is { } area) values.Add(new("roc_auc", area));
        return new SplitScores(values, [confusion.Table(labels), confusion.Counts().Table(labels), calibration.Table()]);
    }

    private ConfusionMatrix Confusion(IReadOnlyList<double> sums) => new(labels.Count, [.. sums.Skip(Scalars).Select(count => (long)count)]);

    private Tensor Targets(ExampleBatch batch) => device.To(tensor(batch.Classes)); // [batch]

    private Tensor Weights(Tensor like) => tensor(weights!.ToArray()).to(like.dtype).to(device); // [classes]

    /// <summary>Σ w_y · −ln p(y) and Σ w_y in Float64, and their quotient with gradient.</summary>
    private (Tensor Sum, Tensor Weight, Tensor Mean) Weighted(Tensor logits, Tensor targets)
    {
        var losses = nn.functional.cross_entropy(logits, targets, reduction: nn.Reduction.None); // [batch]
        var weight = weights is null ? ones_like(losses) : Weights(logits).index_select(0, targets); // [classes] → [batch]
        var weighted = losses * weight; // [batch]
        return (weighted.detach().to(ScalarType.Float64).sum(), weight.to(ScalarType.Float64).sum(), weighted.sum() / weight.sum());
    }
}
