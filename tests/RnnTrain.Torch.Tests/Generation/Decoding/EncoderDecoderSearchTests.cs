using RnnTrain.Configuration;
using RnnTrain.Generation;
using RnnTrain.Generation.Decoding;
using RnnTrain.Models;
using RnnTrain.Tests.Models;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Generation.Decoding;

/// <summary>Searches over networks: every attention, with and without input feeding.</summary>
public sealed class EncoderDecoderSearchTests
{
    public static TheoryData<string, bool> Arrangements => EncoderDecoders.Arrangements;

    [Theory]
    [MemberData(nameof(Arrangements))]
    public void A_batch_finds_what_each_sequence_finds_alone_with_the_probability_that_teaching_gives(string attention, bool feeds)
    {
        using var model = Decisive(attention, feeds);
        var options = new DecodingOptions { Beam = 3, MaximumLength = 7, CoveragePenalty = attention == "none" ? 0 : 0.2, BlockNgrams = 2 };
        var together = BeamSearchTests.Search(model, new BeamSearch(options, wanted: 3), EncoderDecoders.Sources);
        for (var place = 0; place < EncoderDecoders.Sources.Length; place++)
        {
            int[] source = EncoderDecoders.Sources[place];
            var alone = BeamSearchTests.Search(model, new BeamSearch(options, wanted: 3), [source]).Single();
            Assert.Equal(alone.Select(text => text.Symbols), together[place].Select(text => text.Symbols));
            foreach (var (one, other) in alone.Zip(together[place])) Assert.Equal(one.Score, other.Score, 1e-5);
            foreach (var text in together[place]) Assert.Equal(LogProbability(model, source, text.Symbols), text.LogProbability, 1e-4);
        }

        Assert.True(together.Select(texts => string.Join(' ', texts[0].Symbols)).Distinct().Count() > 1, "one answer to everything shows little");
    }

    [Theory]
    [MemberData(nameof(Arrangements))]
    public void What_is_drawn_together_is_drawn_alone(string attention, bool feeds)
    {
        using var model = Decisive(attention, feeds);
        var options = new DecodingOptions { MaximumLength = 7 };
        var together = BeamSearchTests.Search(model, new SampledSearch(options, new SamplingOptions(), seed: 1, [1, 2, 3, 4], wanted: 2), EncoderDecoders.Sources);
        for (var place = 0; place < EncoderDecoders.Sources.Length; place++)
        {
            var alone = BeamSearchTests.Search(model, new SampledSearch(options, new SamplingOptions(), seed: 1, [place + 1], wanted: 2), [EncoderDecoders.Sources[place]]);
            Assert.Equal(alone.Single().Select(text => text.Symbols), together[place].Select(text => text.Symbols));
        }
    }

    /// <summary>A network whose initial weights are made large, so that it has opinions.</summary>
    private static EncoderDecoder Decisive(string attention, bool feeds)
    {
        using var frozen = no_grad();
        var model = EncoderDecoders.Exact(EncoderDecoders.Options(attention, feeds));
        foreach (var named in model.NamedParameters()) named.Parameter.mul_(3);
        return model;
    }

    private static double LogProbability(EncoderDecoder model, int[] source, int[] symbols)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        return EncoderDecoders.Taught(model, [source], [symbols]).Sum();
    }
}
