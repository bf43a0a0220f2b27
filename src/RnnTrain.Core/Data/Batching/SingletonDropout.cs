using RnnTrain.Configuration;
using RnnTrain.Data.Encoding;
using RnnTrain.Numerics;

namespace RnnTrain.Data.Batching;

/// <summary>
/// Words that occur once in the training data, read as the unknown symbol now and then, so that this symbol learns what new words mean: Lample et
/// al., "Neural architectures for named entity recognition" (2016), section 4.3. Their letters stay. Which ones is a function of seed, epoch and batch.
/// </summary>
public sealed class SingletonDropout
{
    private const string Purpose = "singletons";
    private readonly bool[] occursOnce; // [vocabulary]
    private readonly int unknown;
    private readonly double share;
    private readonly long seed;

    /// <param name="tokens">What is read, with how often each occurs.</param>
    /// <param name="share">How many of them are replaced, 0 to 1.</param>
    /// <param name="seed">The seed of the experiment.</param>
    /// <exception cref="UserMistakeException">There is no unknown symbol, or no word occurs once.</exception>
    public SingletonDropout(Vocabulary tokens, double share, long seed)
    {
        (this.share, this.seed) = (share, seed);
        unknown = tokens.UnknownId
            ?? throw new UserMistakeException("model.dropout.singletons: words become the unknown symbol, and there is none; set data.tokens.unknown, for instance to <unk>");
        occursOnce = [.. tokens.Counts.Select((count, id) => count == 1 && id != unknown)];
        if (!occursOnce.Contains(true))
        {
            throw new UserMistakeException(
                "model.dropout.singletons: no word of the vocabulary occurs once; set data.tokens.minimum_count to 1, or remove the key, since the unknown symbol stands for rare words already");
        }
    }

    /// <summary>Replaces words of a training batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="epoch">The pass over the data, from 1.</param>
    public void Apply(ExampleBatch batch, int epoch)
    {
        var random = PortableRandom.For(seed, Purpose, epoch, batch.Index);
        for (var example = 0; example < batch.BatchSize; example++)
        {
            for (var time = 0; time < batch.Lengths[example]; time++)
            {
                ref var token = ref batch.Tokens[(time * batch.BatchSize) + example];
                if (occursOnce[token] && random.NextDouble() < share) token = unknown;
            }
        }
    }
}
