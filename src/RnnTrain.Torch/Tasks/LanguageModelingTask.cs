using RnnTrain.Configuration;
using RnnTrain.Data;
using RnnTrain.Data.Batching;
using RnnTrain.Layers;
using RnnTrain.Metrics;
using RnnTrain.Models;
using RnnTrain.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Tasks;

[Describe("Predicts the next token of a text from all tokens before it.")]
public sealed record LanguageModelingOptions : TaskOptions
{
    public override IEnumerable<ConfigMistake> Check(ExperimentConfig config)
    {
        if (ExampleRules.OtherData(config, wanted: null) is { } other) yield return other;
        if (config.Data.Batching is not StreamOptions)
            yield return new ConfigMistake("data.batching.type", "a language model reads one long text; write batching: {type: stream, batch_size: 20, steps: 35}");
        if (config.Model.Bidirectional)
        {
            yield return new ConfigMistake("model.bidirectional",
                "a language model predicts the next token, which a backward layer has already read; set it to false");
        }
        if (config.Training.TruncateAfter is { } truncate && config.Data.Batching is StreamOptions stream && truncate > stream.Steps)
        {
            yield return new ConfigMistake("training.truncate_after",
                $"{truncate} is more than the {stream.Steps} steps of data.batching.steps, beyond which no gradient flows; make the batches longer");
        }
        if (config.Model is { HasSizes: true, EmbeddingSize: { } features, Cell.MakesNetwork: true })
        {
            foreach (var mistake in StackRules.Mistakes(StackOptions.Of(config.Model, features))) yield return mistake;
        }
        if (config.Data.Batching is not StreamOptions { RandomSteps: { } random } windows) yield break;
        if (random.Minimum > windows.Steps)
        {
            yield return new ConfigMistake("data.batching.random_steps.minimum",
                $"{random.Minimum} is more than the {windows.Steps} steps of data.batching.steps, around which lengths are drawn; use a smaller one");
        }
        if (config.Training.LossReduction == LossReduction.SumOverTime)
        {
            yield return new ConfigMistake("training.loss_reduction",
                "sum_over_time grows with the window, as the learning rate of data.batching.random_steps does already; use mean");
        }
    }
}

/// <summary>
/// Language modelling on one long text (Mikolov et al. 2010): the cross-entropy of each next token, with truncated back-propagation
/// through time and the recurrent state carried along contiguous lanes.
/// </summary>
public sealed class LanguageModelingTask : ITask
{
    private readonly TaskArguments arguments;
    private readonly TextCorpus corpus;
    private readonly LanguageModel model;
    private readonly TokenStream train;
    private readonly TokenTensors trainTensors;
    private readonly Dictionary<Split, (TokenStream Stream, TokenTensors Tensors)> scored = [];
    private readonly int truncateAfter;

    public LanguageModelingTask(TaskArguments arguments)
    {
        this.arguments = arguments;
        corpus = (TextCorpus)arguments.Data;
        train = Stream(Split.Train, scoreEveryToken: false);
        truncateAfter = arguments.Config.Training.TruncateAfter ?? int.MaxValue;
        model = new LanguageModel(arguments.Config.Model, corpus.Vocabulary.Size, arguments.Config.Seed, arguments.Config.Engine);
        model.to(arguments.Device);
        trainTensors = new TokenTensors(train, arguments.Device);
    }

    public SequenceModel Model => model;

    public string Unit => "token";

    public IReadOnlyList<string> Notes => [$"training tokens: {trainTensors.Place}"];

    public int BatchesIn(int epoch) => train.WindowsIn(epoch);

    public Batch MakeBatch(int epoch, int index, Batch? old = null) => train.Batch(index, (TokenBatch?)old, epoch);

    public int EvaluationBatches(Split split) => corpus.Find(split) is null ? 0 : Scored(split).Stream.Windows;

    public Batch MakeEvaluationBatch(Split split, int index, Batch? old = null) => Scored(split).Stream.Batch(index, (TokenBatch?)old);

    public TaskStep Step(Batch batch, RecurrentState? carried, Tensor? lossScale = null, IStageClock? clock = null)
    {
        var tokens = (TokenBatch)batch;
        var inputs = trainTensors.Inputs(tokens); // [time, batch]
        var encoded = model.Encode(inputs, carried ?? model.NewState(inputs.size(1)), truncateAfter); // [time, batch, hidden]
        var hidden = encoded.Output.flatten(0, 1); // [time, batch, hidden] → [time · batch, hidden]
        clock?.Mark(Stage.Forward);
        var factor = arguments.Config.Training.LossReduction == LossReduction.Mean ? 1 : tokens.Steps;
        var loss = model.Loss(hidden, trainTensors.Targets(tokens), factor, lossScale, arguments.Config.Training.LabelSmoothing); // [time · batch, hidden] → []
        var objective = loss.Objective; // []
        if (ActivationPenalty.Of(arguments.Config.Training, encoded) is { } penalty)
        {
            objective = objective + (lossScale is null ? penalty * factor : penalty * factor * lossScale); // []
        }

        return new TaskStep(objective, loss.Mean(), encoded.Final.Detach());
    }

    public TaskScore Score(Split split, Batch batch, RecurrentState? carried)
    {
        var tokens = (TokenBatch)batch;
        var tensors = Scored(split).Tensors;
        var (hidden, state) = Read(tensors.Inputs(tokens), carried, tokens.Steps); // [time · batch, hidden]
        var loss = model.Loss(hidden, tensors.Targets(tokens)); // [time · batch, hidden] → []
        return new TaskScore(stack([loss.Sum, (loss.Correct ?? zeros_like(loss.Count)).to(ScalarType.Float64), loss.Count.to(ScalarType.Float64)]), state, loss.Objective); // [3]
    }

    public IReadOnlyList<MetricValue> LossMetrics(double meanLoss) => new TokenTotals(meanLoss, tokens: 1).Values();

    public IReadOnlyList<MetricValue> Metrics(IReadOnlyList<double> sums) => new TokenTotals(sums[0], (long)sums[2], (long)sums[1]).Values();

    public void Dispose()
    {
        model.Dispose();
        trainTensors.Dispose();
        foreach (var (_, tensors) in scored.Values) tensors.Dispose();
    }

    private (Tensor Hidden, RecurrentState State) Read(Tensor tokens, RecurrentState? carried, int truncate) =>
        model.Read(tokens, carried ?? model.NewState(tokens.size(1)), truncate); // [time, batch] → [time · batch, hidden]

    private (TokenStream Stream, TokenTensors Tensors) Scored(Split split)
    {
        lock (scored) // batches are made on another thread
        {
            if (scored.TryGetValue(split, out var known)) return known;
            var stream = Stream(split, scoreEveryToken: true);
            return scored[split] = (stream, new TokenTensors(stream, arguments.Device));
        }
    }

    private TokenStream Stream(Split split, bool scoreEveryToken) => (TokenStream)BatchingTable.Batching.Create(
        arguments.Config.Data.Batching,
        new BatchingArguments(corpus, split, !scoreEveryToken, arguments.Config.Seed, scoreEveryToken ? arguments.Config.Evaluation.BatchSize : null));
}
