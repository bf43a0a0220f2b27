using RnnTrain.Data;
using RnnTrain.Data.Batching;
using RnnTrain.Data.Encoding;
using RnnTrain.Data.Formats;
using RnnTrain.NGrams;
using RnnTrain.Numerics;
using RnnTrain.Tests.Data;

namespace RnnTrain.Tests.NGrams;

public sealed class KneserNeyModelTests
{
    private const int Vocabulary = 9; // the last two never occur

    /// <summary>Tokens that depend on those before them, so that some n-grams are frequent and others rare.</summary>
    private static int[] Text(int length, ulong seed)
    {
        var random = new PortableRandom(seed);
        var text = new int[length];
        for (var i = 0; i < length; i++) text[i] = (int)(random.NextDouble() < 0.6 && i > 1 ? (text[i - 1] + text[i - 2] + 1) % 7 : random.NextBelow(7));
        return text;
    }

    public static TheoryData<int, Smoothing, int> Models => new(
        from order in new[] { 1, 2, 3, 5, 9 }
        from smoothing in Enum.GetValues<Smoothing>()
        from length in new[] { 1, 2, 7, 400 }
        select (order, smoothing, length));

    [Theory]
    [MemberData(nameof(Models))]
    public void Every_probability_is_the_one_counted_by_hand(int order, Smoothing smoothing, int length)
    {
        var text = Text(length, 1);
        var read = Text(300, 2);
        var reader = new NGramReader(KneserNeyModel.Of(text, order, Vocabulary, smoothing));
        var byHand = new CountedByHand(text, order, Vocabulary, smoothing);
        for (var i = 0; i < read.Length; i++)
        {
            var expected = byHand.Probability(read[Math.Max(0, i - order + 1)..i], read[i]);
            Assert.Equal(1, reader.Read(read[i]) / expected, 1e-9);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void The_probabilities_after_any_context_sum_to_1_and_none_is_0(int order, Smoothing smoothing, int length)
    {
        var reader = new NGramReader(KneserNeyModel.Of(Text(length, 1), order, Vocabulary, smoothing));
        var next = new double[Vocabulary];
        foreach (var token in Text(100, 3).Concat([8, 7, 0, 1])) // the last ones: contexts that no text has
        {
            reader.Next(next);
            Assert.Equal(1, next.Sum(), 1e-12);
            Assert.All(next, p => Assert.InRange(p, double.Epsilon, 1));
            Assert.Equal(next.Max(), reader.Highest());
            Assert.Equal(next[token], reader.Read(token));
        }
    }

    [Fact]
    public void A_context_that_was_never_seen_gives_what_the_shorter_one_gives()
    {
        int[] text = [0, 1, 2, 0, 1, 3, 0, 1, 2];
        var model = KneserNeyModel.Of(text, 3, 4);
        Assert.Equal(After([2, 1]), After([3, 1])); // 2 1 and 3 1 never occur, 1 does
        Assert.NotEqual(After([0, 1]), After([3, 1]));

        double[] After(int[] context)
        {
            var reader = new NGramReader(model);
            foreach (var token in context) reader.Read(token);
            var next = new double[4];
            reader.Next(next);
            return next;
        }
    }

    [Fact]
    public void Discounts_are_those_of_the_literature()
    {
        int[] counts = [1, 1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 9];
        var y = 6.0 / (6 + (2 * 3));
        Assert.Equal(new Discounts(y, y, y), Discounts.Estimate(counts, Smoothing.KneserNey));
        Assert.Equal(
            new Discounts(1 - (2 * y * 3 / 6), 2 - (3 * y * 2 / 3), 3 - (4 * y * 1 / 2)), Discounts.Estimate(counts, Smoothing.ModifiedKneserNey));
    }

    [Fact]
    public void Counts_that_say_nothing_about_a_discount_still_leave_something_for_what_was_never_seen()
    {
        Assert.Equal(new Discounts(0.5, 0.5, 0.5), Discounts.Estimate([5, 7, 0], Smoothing.ModifiedKneserNey));
        Assert.Equal(new Discounts(1, 1, 1), Discounts.Estimate([1, 1, 3], Smoothing.ModifiedKneserNey)); // nothing occurs twice
    }

    [Fact]
    public void Short_n_grams_count_how_many_tokens_stand_before_them()
    {
        int[] text = [4, 1, 4, 1, 4, 1, 2, 1]; // 1 after 4 and 2; 4 after 1; 2 after 1
        var tables = NGramCounting.Count(text, 2, 5);
        Assert.Equal([1, 2, 4], tables[0].Tokens);
        Assert.Equal([2, 1, 1], tables[0].Counts);
        Assert.Equal([0, 2, 3, 4], tables[0].FirstChild);
        Assert.Equal([2, 4, 1, 1], tables[1].Tokens);
        Assert.Equal([1, 2, 1, 3], tables[1].Counts);
    }

    [Fact]
    public void Five_grams_of_WikiText_2_have_the_perplexity_counted_by_hand()
    {
        var corpus = TextCorpus.Read(
            new()
            {
                Format = new PlainTextOptions(),
                Train = ["wikitext-2/train.txt.gz"],
                Validation = ["wikitext-2/valid.txt.gz"],
                Tokens = new WordOptions { EndOfLine = "<eos>" },
                Batching = new StreamOptions { BatchSize = 1, Steps = 1 },
            },
            SharedData.RootWith("wikitext-2"));
        const int order = 5;
        var reader = new NGramReader(KneserNeyModel.Of(corpus.Train.Ids.ToArray(), order, corpus.Vocabulary.Size));
        var read = corpus.Validation!.Ids.ToArray();
        var loss = read.Sum(token => -Math.Log(reader.Read(token))) / read.Length;

        var byHand = new TuplesCounted(corpus.Train.Ids.ToArray(), corpus.Vocabulary.Size);
        var expected = Enumerable.Range(0, read.Length)
            .Sum(i => -Math.Log(byHand.Probability(read.AsSpan(Math.Max(0, i - order + 1), Math.Min(i, order - 1)), read[i]))) / read.Length;
        TestContext.Current.TestOutputHelper?.WriteLine($"perplexity {Math.Exp(loss)}");
        Assert.Equal(Math.Exp(expected), Math.Exp(loss), 1e-6);
    }
}
