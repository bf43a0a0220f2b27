using RnnTrain.Configuration;

namespace RnnTrain.Data.Batching;

/// <summary>What batches are made of besides the options.</summary>
/// <param name="Sequence">The tokens.</param>
/// <param name="BatchSize">Lanes, where they are others than the options say; null for those of the options.</param>
/// <param name="ScoreEveryToken">
/// False for training, where all lanes are equally long and a few last tokens are left out; true for evaluation, where every token
/// after the first is predicted exactly once.
/// </param>
/// <param name="Seed">The seed of the experiment.</param>
public sealed record BatchingArguments(TokenSequence Sequence, bool ScoreEveryToken, int? BatchSize = null, long Seed = 0);

/// <summary>Every way to put examples in batches.</summary>
public static class BatchingTable
{
    public static Registry<BatchingOptions, BatchingArguments, TokenStream> Batching { get; } = new("batching")
    {
        { "stream", (StreamOptions o, BatchingArguments a) => new TokenStream(a.Sequence, a.BatchSize ?? o.BatchSize, o.Steps, a.ScoreEveryToken, o.RandomSteps, a.Seed) },
    };
}
