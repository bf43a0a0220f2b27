using RnnTrain.Configuration;
using RnnTrain.Data.Batching;
using RnnTrain.Generation.Decoding;
using RnnTrain.Models;
using RnnTrain.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Generation.Decoding;

public sealed class BeamSearchTests
{
    private const int Exhaustive = 200; // wider than there are texts

    private static readonly int[][] Read = [[4, 1, 7], [2], [9, 9, 3, 5, 1], [6, 2], [8, 1, 1, 1, 4]];

    public static TheoryData<DecodingOptions> Options =>
    [
        new DecodingOptions { LengthPenalty = 0 },
        new DecodingOptions(),
        new DecodingOptions { LengthPenalty = 0.6, LengthNormalization = LengthNormalization.Gnmt },
        new DecodingOptions { CoveragePenalty = 0.3 },
        new DecodingOptions { CoveragePenalty = 0.2, LengthPenalty = 0.6, LengthNormalization = LengthNormalization.Gnmt, BlockNgrams = 2 },
        new DecodingOptions { BlockNgrams = 1 },
        new DecodingOptions { MinimumLength = 3 },
        new DecodingOptions { MinimumLength = 0, LengthPenalty = 0.3 },
    ];

    [Theory]
    [MemberData(nameof(Options))]
    public void A_wide_beam_finds_what_trying_every_text_finds(DecodingOptions options)
    {
        const int Wanted = 7;
        options = options with { Beam = Exhaustive, MaximumLength = 4 };
        var decoder = new RandomTextDecoder(vocabulary: 3);
        var found = Search(decoder, new BeamSearch(options, Wanted), Read);
        for (var source = 0; source < Read.Length; source++)
        {
            var best = EveryText.Of(decoder, Read[source], options, longest: 4);
            Assert.Equal(Wanted, found[source].Count);
            for (var place = 0; place < Wanted; place++) // floats of the decoder, doubles of the formula
            {
                Assert.Equal(best[place].Symbols, found[source][place].Symbols);
                Assert.Equal(best[place].LogProbability, found[source][place].LogProbability, 1e-5);
                Assert.Equal(best[place].Score, found[source][place].Score, 1e-4);
            }
        }
    }

    [Fact]
    public void A_symbol_that_is_never_to_be_written_is_not_missed_by_the_rest()
    {
        var options = new DecodingOptions { Beam = Exhaustive, MaximumLength = 3 };
        var decoder = new RandomTextDecoder(vocabulary: 4);
        var found = Search(decoder, new BeamSearch(options, wanted: 5, unknown: 2), Read);
        for (var source = 0; source < Read.Length; source++)
            Assert.Equal(EveryText.Of(decoder, Read[source], options, longest: 3, unknown: 2).Take(5).Select(text => text.Symbols), found[source].Select(text => text.Symbols));
    }

    [Fact]
    public void A_beam_of_one_takes_the_likeliest_symbol_each_time()
    {
        var decoder = new RandomTextDecoder(vocabulary: 12);
        var found = Search(decoder, new BeamSearch(new DecodingOptions { Beam = 1, MaximumLength = 30 }), Read);
        for (var source = 0; source < Read.Length; source++)
        {
            List<int> written = [];
            while (written.Count < 30)
            {
                var values = decoder.LogProbabilities(Read[source], [.. written]);
                var allowed = Enumerable.Range(0, values.Length).Where(symbol => symbol != decoder.Symbols.Begin && (symbol != decoder.Symbols.End || written.Count > 0));
                var next = allowed.MaxBy(symbol => values[symbol]);
                if (next == decoder.Symbols.End) break;
                written.Add(next);
            }

            Assert.Equal(written, found[source].Single().Symbols);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void A_batch_finds_what_each_sequence_finds_alone(int beam)
    {
        var options = new DecodingOptions { Beam = beam, MaximumLength = 20, CoveragePenalty = 0.1, BlockNgrams = 3 };
        var decoder = new RandomTextDecoder(vocabulary: 9);
        var together = Search(decoder, new BeamSearch(options, beam), Read);
        for (var source = 0; source < Read.Length; source++)
        {
            var alone = Search(decoder, new BeamSearch(options, beam), [Read[source]]).Single();
            Assert.Equal(alone.Select(text => text.Symbols), together[source].Select(text => text.Symbols));
            Assert.Equal(alone.Select(text => text.Score), together[source].Select(text => text.Score));
        }
    }

    [Fact]
    public void What_is_found_has_the_probability_that_the_model_gives_it()
    {
        var decoder = new RandomTextDecoder(vocabulary: 9);
        foreach (var (read, texts) in Read.Zip(Search(decoder, new BeamSearch(new DecodingOptions { MaximumLength = 15 }, wanted: 4), Read)))
        {
            Assert.Equal(texts.OrderByDescending(text => text.Score), texts);
            Assert.Equal(texts.Count, texts.Select(text => string.Join(' ', text.Symbols)).Distinct().Count());
            Assert.All(texts, text => Assert.Equal(LogProbability(decoder, read, text.Symbols), text.LogProbability, 1e-4));
        }
    }

    [Fact]
    public void Rows_leave_the_batch_when_their_search_is_over()
    {
        var decoder = new RandomTextDecoder(vocabulary: 4);
        int[][] many = [.. Enumerable.Range(0, 30).Select(token => new[] { token, token + 1 })];
        Search(decoder, new BeamSearch(new DecodingOptions { Beam = 3, MaximumLength = 40 }), many);
        Assert.Equal(30, decoder.Rows[0]); // one row each, since all would be the same
        Assert.Equal(90, decoder.Rows[1]);
        Assert.Equal(decoder.Sources.OrderDescending(), decoder.Sources);
        Assert.InRange(decoder.Sources[^1], 1, 10);
        Assert.All(decoder.Rows.Zip(decoder.Sources).Skip(1), step => Assert.InRange(step.First, step.Second, 3 * step.Second));
    }

    [Fact]
    public void Lengths_keep_to_their_limits_absolute_and_relative_to_what_was_read()
    {
        var decoder = new RandomTextDecoder(vocabulary: 5);
        var options = new DecodingOptions { Beam = 4, MinimumLength = 2, MinimumRatio = 1.5, MaximumLength = 9, MaximumRatio = 2.5 };
        foreach (var (read, texts) in Read.Zip(Search(decoder, new BeamSearch(options, wanted: 4), Read)))
        {
            var most = Math.Min(9, (int)(2.5 * read.Length));
            Assert.All(texts, text => Assert.InRange(text.Symbols.Length, Math.Min(most, Math.Max(2, (int)Math.Ceiling(1.5 * read.Length))), most));
        }
    }

    [Fact]
    public void Where_the_model_looked_is_kept_symbol_by_symbol()
    {
        var decoder = new RandomTextDecoder(vocabulary: 9);
        foreach (var (read, texts) in Read.Zip(Search(decoder, new BeamSearch(new DecodingOptions { MaximumLength = 12 }, keepsAttention: true), Read)))
        {
            var text = texts.Single();
            Assert.Equal(text.Symbols.Length, text.Looked.Length);
            Assert.Equal(text.Symbols.Length, text.Attention!.Length);
            for (var step = 0; step < text.Symbols.Length; step++)
            {
                var expected = decoder.Attention(read, text.Symbols[..step]);
                Assert.Equal(expected.Index().MaxBy(look => look.Item).Index, text.Looked[step]);
                for (var token = 0; token < read.Length; token++) Assert.Equal(expected[token], text.Attention[step][token], 1e-6);
            }
        }
    }

    [Fact]
    public void Where_everything_is_blocked_the_text_ends()
    {
        var decoder = new RandomTextDecoder(vocabulary: 2);
        var options = new DecodingOptions { Beam = 2, BlockNgrams = 1, MinimumLength = 10, MaximumLength = 20 };
        Assert.All(Search(decoder, new BeamSearch(options), Read), texts => Assert.Equal([0, 1], texts.Single().Symbols.Order()));
    }

    [Fact]
    public void More_texts_than_the_beam_is_wide_are_refused()
    {
        var refusal = Assert.Throws<UserMistakeException>(() => new BeamSearch(new DecodingOptions { Beam = 3 }, wanted: 4));
        Assert.Contains("decoding.beam", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Coverage_without_attention_is_refused()
    {
        var search = new BeamSearch(new DecodingOptions { CoveragePenalty = 0.1 });
        var refusal = Assert.Throws<UserMistakeException>(() => Search(new RandomTextDecoder(3, hasAttention: false), search, Read));
        Assert.Contains("decoding.coverage_penalty", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_attention_nothing_was_looked_at()
    {
        var found = Search(new RandomTextDecoder(3, hasAttention: false), new BeamSearch(new DecodingOptions(), keepsAttention: true), Read);
        Assert.All(found, texts => Assert.Null(texts.Single().Attention));
        Assert.All(found, texts => Assert.Empty(texts.Single().Looked));
    }

    [Fact]
    public void A_model_that_is_not_finite_is_refused() => Assert.Throws<UserMistakeException>(
        () => Search(new RandomTextDecoder(3) { Temperature = double.NaN }, new BeamSearch(new DecodingOptions()), Read));

    [Fact]
    public void No_tensor_is_left_behind()
    {
        var search = new BeamSearch(new DecodingOptions { CoveragePenalty = 0.1, MaximumLength = 10 });
        Search(new RandomTextDecoder(4), search, Read);
        var before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        Search(new RandomTextDecoder(4), search, Read);
        Assert.Equal(before, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
    }

    internal static IReadOnlyList<IReadOnlyList<Hypothesis>> Search(ITextDecoder decoder, ITextSearch search, int[][] read)
    {
        using var scope = NewDisposeScope();
        var padded = PaddedTokens.Of(read);
        var source = tensor(padded.Tokens, [padded.Steps, padded.Count]); // [source time, sources]
        return search.Search(decoder, source, new Lengths(padded.Lengths, padded.Steps, CPU));
    }

    internal static double LogProbability(RandomTextDecoder decoder, int[] read, int[] written) =>
        Enumerable.Range(0, written.Length).Sum(step => decoder.LogProbabilities(read, written[..step])[written[step]])
        + decoder.LogProbabilities(read, written)[decoder.Symbols.End];
}
