using RnnTrain.Configuration;

namespace RnnTrain.Data.Batching;

[Describe("Separate examples, padded on the right to the longest of the batch; the network begins each with a state of zero.")]
public sealed record ExampleOptions : BatchingOptions
{
    [Describe("Examples a batch; with batch_tokens the most there may be. At least one of the two is needed.")]
    [Bounds(1)]
    public int? BatchSize { get; init; }

    [Describe("The most tokens a batch may have, padding included: examples · (longest that is read + longest that is written). A longer example is a batch of its own. No limit if absent.")]
    [Bounds(1)]
    public int? BatchTokens { get; init; }

    [Describe("Examples of like length come together, so that little is padded: so many batches at a time are drawn at random, sorted by length and cut, and then all batches of a pass come in random order. 100 pads little and stays random; 0 leaves lengths mixed.")]
    [Bounds(0)]
    public int Bucketing { get; init; }

    [Describe("Read the training examples in a new random order each epoch.")]
    public bool Shuffle { get; init; } = true;

    public override int? FixedSize => BatchTokens is null ? BatchSize : null;

    public override IEnumerable<ConfigMistake> Check(DataOptions data)
    {
        if (BatchSize is null && BatchTokens is null)
            yield return new ConfigMistake("data.batching", "nothing says how large a batch is; write batch_size: 32, or batch_tokens: 4096, or both");
    }

    /// <summary>How these options put examples in batches.</summary>
    /// <param name="isTraining">True for training, where examples may be shuffled.</param>
    /// <param name="seed">The seed of the experiment.</param>
    /// <param name="batchSize">So many examples a batch and any number of tokens, whatever the options say; null for what they say.</param>
    internal BatchRule Rule(bool isTraining, long seed, int? batchSize) => new()
    {
        BatchSize = batchSize ?? BatchSize,
        BatchTokens = batchSize is null ? BatchTokens : null,
        Bucketing = Bucketing,
        ShuffleSeed = Shuffle && isTraining ? seed : null,
    };
}
