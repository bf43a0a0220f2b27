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

/// <summary>Learning from separate examples, each read as a whole from a state of zero; what is asked of them the objective knows.</summary>
internal sealed class ExampleTask : ITask
{
    private readonly TaskArguments arguments;
    private readonly ExampleData data;
    private readonly SequenceNetwork model;
    private readonly IExampleObjective objective;
    private readonly TaskBatches batches;
    private readonly SingletonDropout? singletons; // null where none are dropped

    /// <param name="arguments">Its data is of <see cref="ExampleData"/>.</param>
    /// <param name="objective">What is minimised and measured.</param>
    public ExampleTask(TaskArguments arguments, IExampleObjective objective)
    {
        this.arguments = arguments;
        this.objective = objective;
        data = (ExampleData)arguments.Data;
        var config = arguments.Config;
        batches = new TaskBatches(arguments);
        if (config.Model.Dropout.Singletons > 0) singletons = new SingletonDropout(data.Lexicon!.Tokens!, config.Model.Dropout.Singletons, config.Seed);
        model = new SequenceNetwork(config.Model, data.Shape, config.Seed, config.Engine);
        FieldConstraints.Apply(model, config, data.Lexicon);
        model.to(arguments.Device);
    }

    public SequenceModel Model => model;

    public IReadOnlyList<string> Notes => [$"examples: {data.Shape}", .. data.Remarks];

    public string Unit => objective.Unit;

    public int BatchesIn(int epoch) => batches.Train.CountIn(epoch);

    public Batch MakeBatch(int epoch, int index, Batch? old = null)
    {
        var batch = batches.Train.Make(epoch, index, old);
        singletons?.Apply((ExampleBatch)batch, epoch);
        return batch;
    }

    public int EvaluationBatches(Split split) => batches.CountOf(split);

    public Batch MakeEvaluationBatch(Split split, int index, Batch? old = null) => batches.Make(split, index, old);

    public TaskStep Step(Batch batch, RecurrentState? carried, Tensor? lossScale = null, IStageClock? clock = null)
    {
        var examples = (ExampleBatch)batch;
        var hidden = Read(examples); // [rows, hidden]
        clock?.Mark(Stage.Forward);
        return objective.Step(model, hidden, examples, lossScale);
    }

    public TaskScore Score(Split split, Batch batch, RecurrentState? carried)
    {
        var examples = (ExampleBatch)batch;
        return objective.Score(model, Read(examples), examples);
    }

    public IReadOnlyList<MetricValue> LossMetrics(double meanLoss) => objective.LossMetrics(meanLoss);

    public IReadOnlyList<MetricValue> Metrics(IReadOnlyList<double> sums) => objective.Metrics(sums);

    public SplitScores Examine(IReadOnlyList<double> sums, ScoredRows? rows) => objective.Examine(sums, rows);

    public void Dispose() => model.Dispose();

    private Tensor Read(ExampleBatch batch)
    {
        var device = arguments.Device;
        var lengths = new Lengths(batch.Lengths, batch.Steps, device);
        var input = batch.Shape.HasTokens
            ? tensor(batch.Tokens, [batch.Steps, batch.BatchSize]) // [time, batch]
            : tensor(batch.Features, [batch.Steps, batch.BatchSize, batch.Shape.Features]); // [time, batch, features]
        return model.Read(device.To(input), lengths, batch.Words); // [rows, hidden]
    }
}
