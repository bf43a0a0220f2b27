using RnnTrain.Configuration;
using RnnTrain.Data;
using RnnTrain.Data.Batching;
using RnnTrain.Layers;
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
    }
}

/// <summary>
/// Language modelling on one long text (Mikolov et al. 2010): the cross-entropy of each next token, with truncated back-propagation
/// through time and the recurrent state carried along contiguous lanes.
/// </summary>
public sealed class LanguageModelingTask : ITask
{
    private readonly TaskArguments arguments;
    private readonly TokenStream train;
    private readonly TokenTensors trainTensors;
    private readonly Dictionary<Split, (TokenStream Stream, TokenTensors Tensors)> scored = [];
    private readonly int truncateAfter;

    public LanguageModelingTask(TaskArguments arguments)
    {
        this.arguments = arguments;
        train = Stream(Split.Train, scoreEveryToken: false);
        truncateAfter = arguments.Config.Training.TruncateAfter ?? train.Steps;
        Model = arguments.Model ?? new LanguageModel(arguments.Config.Model, arguments.Corpus.Vocabulary.Size, arguments.Config.Seed, arguments.Config.Engine);
        Model.to(arguments.Device);
        trainTensors = new TokenTensors(train, arguments.Device);
    }

    public LanguageModel Model { get; }

    public IReadOnlyList<string> Notes => [$"training tokens: {trainTensors.Place}"];

    public int BatchesPerEpoch => train.Windows;

    public TokenBatch MakeBatch(int epoch, int index, TokenBatch? old = null) => train.Batch(index, old);

    public int EvaluationBatches(Split split) => arguments.Corpus.Find(split) is null ? 0 : Scored(split).Stream.Windows;

    public TokenBatch MakeEvaluationBatch(Split split, int index, TokenBatch? old = null) => Scored(split).Stream.Batch(index, old);

    public TaskStep Step(TokenBatch batch, RecurrentState? carried, Tensor? lossScale = null, IStageClock? clock = null)
    {
        var (hidden, state) = Read(trainTensors.Inputs(batch), carried, truncateAfter); // [time · batch, hidden]
        clock?.Mark(Stage.Forward);
        var factor = arguments.Config.Training.LossReduction == LossReduction.Mean ? 1 : batch.Steps;
        var loss = Model.Loss(hidden, trainTensors.Targets(batch), factor, lossScale); // [time · batch, hidden] → []
        return new TaskStep(loss.Objective, loss.Mean(), state.Detach());
    }

    public TaskScore Score(Split split, TokenBatch batch, RecurrentState? carried)
    {
        var tensors = Scored(split).Tensors;
        var (hidden, state) = Read(tensors.Inputs(batch), carried, batch.Steps); // [time · batch, hidden]
        var loss = Model.Loss(hidden, tensors.Targets(batch)); // [time · batch, hidden] → []
        return new TaskScore(loss.Sum, loss.Correct!, state);
    }

    public void Dispose()
    {
        Model.Dispose();
        trainTensors.Dispose();
        foreach (var (_, tensors) in scored.Values) tensors.Dispose();
    }

    private (Tensor Hidden, RecurrentState State) Read(Tensor tokens, RecurrentState? carried, int truncate) =>
        Model.Read(tokens, carried ?? Model.ZeroState(tokens.size(1)), truncate); // [time, batch] → [time · batch, hidden]

    private (TokenStream Stream, TokenTensors Tensors) Scored(Split split)
    {
        lock (scored) // batches are made on another thread
        {
            if (scored.TryGetValue(split, out var known)) return known;
            var stream = Stream(split, scoreEveryToken: true);
            return scored[split] = (stream, new TokenTensors(stream, arguments.Device));
        }
    }

    private TokenStream Stream(Split split, bool scoreEveryToken) => BatchingTable.Batching.Create(
        arguments.Config.Data.Batching,
        new BatchingArguments(arguments.Corpus.Find(split)!, scoreEveryToken, scoreEveryToken ? arguments.Config.Evaluation.BatchSize : null));
}
