using RnnTrain.Configuration;
using RnnTrain.Data;
using RnnTrain.Data.Batching;
using RnnTrain.Data.Examples;
using RnnTrain.Layers;
using RnnTrain.Metrics;
using RnnTrain.Models;
using RnnTrain.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Tasks;

/// <summary>
/// Learning to write a sequence from another: the cross-entropy of each symbol and of the end, all symbols before it being known. Metrics are those of a
/// language model: loss in nats, perplexity, accuracy of symbols.
/// </summary>
public sealed class SequenceToSequenceTask : ITask
{
    private readonly TaskArguments arguments;
    private readonly ExampleData data;
    private readonly EncoderDecoder model;
    private readonly TaskBatches batches;
    private readonly ScheduledSampling? sampling;

    /// <param name="arguments">Its data is of <see cref="ExampleData"/> and asks for sequences.</param>
    public SequenceToSequenceTask(TaskArguments arguments)
    {
        this.arguments = arguments;
        data = (ExampleData)arguments.Data;
        var config = arguments.Config;
        batches = new TaskBatches(arguments);
        sampling = config.Training.ScheduledSampling is null ? null : new ScheduledSampling(config.Training, batches.Train.CountIn(1));
        model = new EncoderDecoder(config.Model, data.Shape, config.Seed, config.Engine);
        model.to(arguments.Device);
    }

    public SequenceModel Model => model;

    public string Unit => "token";

    public IReadOnlyList<string> Notes => [$"examples: {data.Shape}", .. data.Remarks];

    public int BatchesIn(int epoch) => batches.Train.CountIn(epoch);

    public Batch MakeBatch(int epoch, int index, Batch? old = null)
    {
        var batch = (ExampleBatch)batches.Train.Make(epoch, index, old);
        batch.OwnShare = sampling?.OwnShare(epoch, index) ?? 0;
        return batch;
    }

    public int EvaluationBatches(Split split) => batches.CountOf(split);

    public Batch MakeEvaluationBatch(Split split, int index, Batch? old = null) => batches.Make(split, index, old);

    public TaskStep Step(Batch batch, RecurrentState? carried, Tensor? lossScale = null, IStageClock? clock = null)
    {
        var examples = (ExampleBatch)batch;
        var (told, targets) = Read(examples); // [rows, output], [rows]
        clock?.Mark(Stage.Forward);
        var training = arguments.Config.Training;
        var factor = training.LossReduction == LossReduction.Mean ? 1 : examples.TargetCount / (double)examples.BatchSize;
        var loss = model.Loss(told, targets, factor, lossScale, training.LabelSmoothing); // [rows, output] → []
        return new TaskStep(loss.Objective, loss.Mean(), Carried: null);
    }

    public TaskScore Score(Split split, Batch batch, RecurrentState? carried)
    {
        var (told, targets) = Read((ExampleBatch)batch); // [rows, output], [rows]
        var loss = model.Loss(told, targets); // [rows, output] → []
        var correct = (loss.Correct ?? zeros_like(loss.Count)).to(ScalarType.Float64); // []
        return new TaskScore(stack([loss.Sum, correct, loss.Count.to(ScalarType.Float64)]), Carried: null, loss.Objective); // [3]
    }

    public IReadOnlyList<MetricValue> LossMetrics(double meanLoss) => new TokenTotals(meanLoss, tokens: 1).Values();

    public IReadOnlyList<MetricValue> Metrics(IReadOnlyList<double> sums) => new TokenTotals(sums[0], (long)sums[2], (long)sums[1]).Values();

    public void Dispose() => model.Dispose();

    private (Tensor Told, Tensor Targets) Read(ExampleBatch batch)
    {
        var device = arguments.Device;
        var source = device.To(tensor(batch.Tokens, [batch.Steps, batch.BatchSize])); // [source time, batch]
        var written = new DecoderBatch(batch.Target!, model.Symbols, device);
        var told = model.Read(source, new Lengths(batch.Lengths, batch.Steps, device), written, batch.OwnShare); // [rows, output]
        return (told, written.Targets);
    }
}
