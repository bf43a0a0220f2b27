using RnnTrain.Configuration;
using RnnTrain.Generation;
using RnnTrain.Generation.Decoding;

namespace RnnTrain.Tests.Generation.Decoding;

public sealed class SampledSearchTests
{
    private static readonly int[][] Read = [[4, 1, 7], [2], [9, 9, 3, 5, 1], [6, 2]];
    private static readonly long[] Keys = [11, 12, 13, 14];
    private static readonly DecodingOptions Options = new() { MaximumLength = 12 };

    [Fact]
    public void Texts_come_as_often_as_their_probabilities_say()
    {
        const int Count = 4000;
        var decoder = new RandomTextDecoder(vocabulary: 2);
        var options = new DecodingOptions { MaximumLength = 2, MinimumLength = 0 };
        var drawn = Draw(decoder, new SampledSearch(options, new SamplingOptions(), seed: 3, [7], wanted: Count), [[4, 1, 7]]).Single();
        Assert.Equal(Count, drawn.Count);
        foreach (var group in drawn.GroupBy(text => string.Join(' ', text.Symbols)))
        {
            var symbols = group.First().Symbols;
            // Begin is never drawn, so the rest of the probability is shared out; behind the longest text its end is certain
            var share = Enumerable.Range(0, symbols.Length + 1).Aggregate(1.0, (product, step) => step == 2 ? product : product * Share(step));
            var deviation = Math.Sqrt(share * (1 - share) / Count);
            Assert.InRange(group.Count() / (double)Count, share - 5 * deviation, share + 5 * deviation);

            double Share(int step)
            {
                var values = decoder.LogProbabilities([4, 1, 7], symbols[..step]);
                var next = step < symbols.Length ? symbols[step] : decoder.Symbols.End;
                return Math.Exp(values[next]) / (1 - Math.Exp(values[decoder.Symbols.Begin]));
            }
        }
    }

    [Fact]
    public void What_is_drawn_depends_on_seed_key_and_sequence_and_not_on_the_batch()
    {
        var decoder = new RandomTextDecoder(vocabulary: 9);
        var search = new SampledSearch(Options, new SamplingOptions(), seed: 5, Keys, wanted: 3);
        var together = Draw(decoder, search, Read);
        for (var source = 0; source < Read.Length; source++)
        {
            var alone = Draw(decoder, new SampledSearch(Options, new SamplingOptions(), seed: 5, [Keys[source]], wanted: 3), [Read[source]]).Single();
            Assert.Equal(alone.Select(text => text.Symbols), together[source].Select(text => text.Symbols));
        }

        var other = Draw(decoder, new SampledSearch(Options, new SamplingOptions(), seed: 6, Keys, wanted: 3), Read);
        Assert.NotEqual(together.SelectMany(texts => texts).Select(text => text.Symbols), other.SelectMany(texts => texts).Select(text => text.Symbols));
    }

    [Fact]
    public void Temperature_nought_is_greedy_search()
    {
        var decoder = new RandomTextDecoder(vocabulary: 9);
        var drawn = Draw(decoder, new SampledSearch(Options, new SamplingOptions { Temperature = 0 }, seed: 1, Keys), Read);
        var greedy = Draw(decoder, new BeamSearch(Options with { Beam = 1 }), Read);
        Assert.Equal(greedy.Select(texts => texts.Single().Symbols), drawn.Select(texts => texts.Single().Symbols));
        Assert.Equal(greedy.Select(texts => texts.Single().Score), drawn.Select(texts => texts.Single().Score));
    }

    [Fact]
    public void Begin_and_the_unknown_symbol_are_never_drawn_and_limits_hold()
    {
        var decoder = new RandomTextDecoder(vocabulary: 4);
        var options = Options with { MinimumLength = 3, BlockNgrams = 2 };
        var drawn = Draw(decoder, new SampledSearch(options, new SamplingOptions(), seed: 1, Keys, wanted: 50, unknown: 1), Read);
        Assert.All(drawn.SelectMany(texts => texts), text =>
        {
            Assert.InRange(text.Symbols.Length, 3, 12);
            Assert.DoesNotContain(1, text.Symbols);
            Assert.All(text.Symbols, symbol => Assert.InRange(symbol, 0, 3));
            var pairs = text.Symbols.Zip(text.Symbols.Skip(1)).ToList();
            Assert.Equal(pairs.Count, pairs.Distinct().Count());
        });
    }

    [Fact]
    public void What_is_drawn_has_the_probability_that_the_model_gives_it()
    {
        var decoder = new RandomTextDecoder(vocabulary: 9);
        foreach (var (read, texts) in Read.Zip(Draw(decoder, new SampledSearch(Options, new SamplingOptions { TopK = 4 }, seed: 2, Keys, wanted: 4), Read)))
            Assert.All(texts, text => Assert.Equal(BeamSearchTests.LogProbability(decoder, read, text.Symbols), text.LogProbability, 1e-4));
    }

    private static IReadOnlyList<IReadOnlyList<Hypothesis>> Draw(RandomTextDecoder decoder, ITextSearch search, int[][] read) =>
        BeamSearchTests.Search(decoder, search, read);
}
