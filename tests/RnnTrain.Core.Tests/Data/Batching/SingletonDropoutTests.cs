using RnnTrain.Configuration;
using RnnTrain.Data.Batching;
using RnnTrain.Data.Encoding;
using RnnTrain.Data.Examples;

namespace RnnTrain.Tests.Data.Batching;

public sealed class SingletonDropoutTests
{
    private const int Unknown = 1;

    /// <summary>Words 2 and 4 occur once, and so does what the unknown symbol stands for.</summary>
    private static readonly Vocabulary Tokens = new(["the", "<unk>", "zoo", "a", "yak"], [9, 1, 1, 5, 1], "<unk>");

    [Fact]
    public void The_share_of_words_that_occur_once_becomes_unknown_and_no_other()
    {
        var (dropped, singletons) = (0, 0);
        for (var epoch = 1; epoch <= 50; epoch++)
        {
            var (plain, batch) = (Batch(), Batch());
            new SingletonDropout(Tokens, 0.3, seed: 1).Apply(batch, epoch);
            for (var place = 0; place < plain.Tokens.Length; place++)
            {
                var isPadding = place / plain.BatchSize >= plain.Lengths[place % plain.BatchSize];
                var occursOnce = plain.Tokens[place] is 2 or 4 && !isPadding;
                if (occursOnce) singletons++;
                if (batch.Tokens[place] == plain.Tokens[place]) continue;
                Assert.True(occursOnce);
                Assert.Equal(Unknown, batch.Tokens[place]);
                dropped++;
            }
        }

        Assert.InRange(dropped / (double)singletons, 0.27, 0.33);
    }

    [Fact]
    public void Which_ones_is_a_function_of_seed_epoch_and_batch()
    {
        Assert.Equal(Dropped(1, 1), Dropped(1, 1));
        Assert.NotEqual(Dropped(1, 1), Dropped(1, 2));
        Assert.NotEqual(Dropped(1, 1), Dropped(2, 1));

        static long[] Dropped(long seed, int epoch)
        {
            var batch = Batch();
            new SingletonDropout(Tokens, 0.5, seed).Apply(batch, epoch);
            return batch.Tokens;
        }
    }

    [Fact]
    public void Without_an_unknown_symbol_or_rare_words_it_is_refused()
    {
        var noSymbol = Assert.Throws<UserMistakeException>(() => new SingletonDropout(new Vocabulary(["a", "b"], [2, 1], null), 0.5, 1));
        Assert.StartsWith("model.dropout.singletons: words become the unknown symbol, and there is none", noSymbol.Message, StringComparison.Ordinal);
        var noWord = Assert.Throws<UserMistakeException>(() => new SingletonDropout(new Vocabulary(["a", "<unk>"], [2, 1], "<unk>"), 0.5, 1));
        Assert.StartsWith("model.dropout.singletons: no word of the vocabulary occurs once", noWord.Message, StringComparison.Ordinal);
    }

    private static ExampleBatch Batch()
    {
        var examples = Enumerable.Range(0, 20).Select(i => new Example { Length = 10 + (i % 3), Tokens = [.. Enumerable.Range(i, 10 + (i % 3)).Select(t => t * 7 % 5)], Classes = [0] });
        return new ExampleBatches(new EncodedExamples([.. examples], "word"), new ExampleShape(5, 0, TargetKind.ClassAtEnd, 2), new BatchRule { BatchSize = 20 }).Batch(1, 0);
    }
}
