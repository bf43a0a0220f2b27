using RnnTrain.Data;
using RnnTrain.Data.Batching;
using RnnTrain.Layers;
using RnnTrain.Metrics;
using RnnTrain.Models;
using RnnTrain.NGrams;
using static TorchSharp.torch;

namespace RnnTrain.Tasks;

/// <summary>
/// Language modelling by counting: the model takes in the training text at once, and is scored on the same targets as a recurrent one,
/// every token after a text's first, but in the order of the text, so that no context is cut off at the beginning of a lane.
/// </summary>
public sealed class NGramTask(TaskArguments arguments) : IScoredTask
{
    private const int WindowSteps = 4096;
    private readonly TextCorpus corpus = (TextCorpus)arguments.Data;
    private readonly NGramModel model = new((MarkovOptions)arguments.Config.Model.Cell, ((TextCorpus)arguments.Data).Vocabulary.Size);
    private readonly Dictionary<Split, TokenStream> streams = [];

    public SequenceModel Model => model;

    public string Unit => "token";

    public IReadOnlyList<string> Notes =>
    [
        "model.cell: markov is learned by counting the training data once, on the CPU; everything else of model, all of training, and seed, engine, threads and data.batching are not used",
    ];

    /// <summary>Counts the training text.</summary>
    /// <returns>The mean loss of its tokens after the first, in nats, under the model that has counted them; and how many these are.</returns>
    public (double MeanLoss, int Tokens) Count()
    {
        var text = corpus.Train.Ids.ToArray();
        model.Count(text);
        var reader = new NGramReader(model.Counted);
        reader.Read(text[0]);
        return (text.Skip(1).Average(token => -Math.Log(reader.Read(token))), text.Length - 1);
    }

    public int EvaluationBatches(Split split) => corpus.Find(split) is null ? 0 : Stream(split).Windows;

    public Batch MakeEvaluationBatch(Split split, int index, Batch? old = null) => Stream(split).Batch(index, (TokenBatch?)old);

    public TaskScore Score(Split split, Batch batch, RecurrentState? carried)
    {
        var tokens = (TokenBatch)batch;
        var text = corpus.Find(split)!.Ids;
        var start = (long)tokens.Index * WindowSteps;
        var context = Math.Max(0, start - model.Order);
        var reader = new NGramReader(model.Counted);
        foreach (var token in text.Slice(context, start + 1 - context)) reader.Read(token); // the context that the window begins with
        var (loss, correct) = (0.0, 0L);
        for (var time = 0; time < tokens.TargetCount; time++)
        {
            var highest = reader.Highest();
            var probability = reader.Read((int)tokens.Targets[time]);
            loss -= Math.Log(probability);
            if (probability >= highest) correct++;
        }

        return new TaskScore(tensor(new[] { loss, correct, tokens.TargetCount }), Carried: null); // [3]
    }

    public IReadOnlyList<MetricValue> LossMetrics(double meanLoss) => new TokenTotals(meanLoss, tokens: 1).Values();

    public IReadOnlyList<MetricValue> Metrics(IReadOnlyList<double> sums) => new TokenTotals(sums[0], (long)sums[2], (long)sums[1]).Values();

    public void Dispose() => model.Dispose();

    private TokenStream Stream(Split split)
    {
        lock (streams) // batches are made on another thread
        {
            if (streams.TryGetValue(split, out var known)) return known;
            return streams[split] = new TokenStream(corpus.Find(split)!, batchSize: 1, WindowSteps, scoreEveryToken: true);
        }
    }
}
