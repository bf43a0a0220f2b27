using RnnTrain.Configuration;
using RnnTrain.Data;
using RnnTrain.Data.Batching;
using RnnTrain.Data.Examples;
using RnnTrain.Models;

namespace RnnTrain.Composition;

/// <summary>What the data decides of a model and of its memory.</summary>
public static class DataSummary
{
    /// <summary>The model in numbers that this experiment trains on this data; null where it counts and is no network.</summary>
    public static ModelSummary? Model(ExperimentConfig config, IExperimentData data) => data is ExampleData examples
        ? ModelSummary.Of(config.Model, examples.Shape)
        : Model(config, ((TextCorpus)data).Vocabulary.Size);

    /// <summary>The same of a text with so many different tokens.</summary>
    public static ModelSummary? Model(ExperimentConfig config, int vocabulary) =>
        config.Model.Cell.MakesNetwork ? ModelSummary.Of(config.Model, vocabulary) : null;

    /// <summary>Examples or lanes of a training batch, and its time steps: of examples, those of the first.</summary>
    /// <param name="config">The experiment.</param>
    /// <param name="data">Its data; null where it is text, whose batches all have one size.</param>
    public static (int BatchSize, int Steps) BatchSizes(ExperimentConfig config, IExperimentData? data) => (config.Data.Batching, data) switch
    {
        (ExampleOptions options, ExampleData examples) => BatchSizes(options, examples.Train.LengthOf(1, 0)),
        (StreamOptions options, _) => (options.BatchSize, options.Steps),
        _ => throw new InvalidOperationException("the task should have refused this batching"),
    };

    private static (int BatchSize, int Steps) BatchSizes(ExampleOptions options, ExampleLength first)
    {
        var byTokens = Math.Max(1, (int)(options.BatchTokens / Math.Max(1, first.Tokens) ?? int.MaxValue));
        return (Math.Min(options.BatchSize ?? int.MaxValue, byTokens), first.Read);
    }
}
