using RnnTrain.Configuration;
using RnnTrain.Data.Examples;

namespace RnnTrain.Data.Batching;

/// <summary>What batches are made of besides the options.</summary>
/// <param name="Data">The data of the experiment, of the kind that the options are for.</param>
/// <param name="Split">Which part of it.</param>
/// <param name="IsTraining">
/// True for training, where examples may be shuffled, all lanes of a text are equally long and a few last tokens are left out; false for
/// evaluation, where everything is scored exactly once.
/// </param>
/// <param name="Seed">The seed of the experiment.</param>
/// <param name="BatchSize">Examples or lanes, where they are others than the options say; null for those of the options.</param>
public sealed record BatchingArguments(IExperimentData Data, Split Split, bool IsTraining, long Seed, int? BatchSize = null)
{
    internal TokenSequence Text => ((TextCorpus)Data).Find(Split)!;

    internal ExampleData Examples => (ExampleData)Data;
}

/// <summary>Every way to put examples in batches.</summary>
public static class BatchingTable
{
    public static Registry<BatchingOptions, BatchingArguments, IBatches> Batching { get; } = new("batching")
    {
        { "stream", (StreamOptions o, BatchingArguments a) => new TokenStream(a.Text, a.BatchSize ?? o.BatchSize, o.Steps, scoreEveryToken: !a.IsTraining, o.RandomSteps, a.Seed) },
        {
            "examples", (ExampleOptions o, BatchingArguments a) => new ExampleBatches(
                a.Examples.Splits[a.Split], a.Examples.Shape, o.Rule(a.IsTraining, a.Seed, a.BatchSize))
        },
    };
}
