using RnnTrain.Configuration;
using RnnTrain.Generation;
using RnnTrain.Numerics;

namespace RnnTrain.Tests.Generation;

public sealed class SamplerTests
{
    // Probabilities .5, .25, .125, .0625, .0625 in an order of their own.
    private static readonly float[] Scores = [Log2(4), Log2(1), Log2(8), Log2(1), Log2(2)];

    private static float Log2(double weight) => (float)Math.Log(weight);

    private static Sampler With(SamplingOptions options, params int[] suppressed) => new(options, new PortableRandom(1), suppressed);

    private static int[] Draw(Sampler sampler, int count) => [.. Enumerable.Range(0, count).Select(_ => sampler.Draw(Scores))];

    [Fact]
    public void Temperature_one_draws_what_the_model_expects()
    {
        var distribution = With(new SamplingOptions()).Distribution(Scores);
        Assert.Equal(0.5, distribution[2], 1e-7);
        Assert.Equal(0.25, distribution[0], 1e-7);
        Assert.Equal(0.0625, distribution[3], 1e-7);
        Assert.Equal(1, distribution.Values.Sum(), 1e-12);
    }

    [Fact]
    public void Draws_come_as_often_as_their_probabilities_say()
    {
        const int Count = 20_000;
        var draws = Draw(With(new SamplingOptions()), Count);
        double[] expected = [0.25, 0.0625, 0.5, 0.0625, 0.125];
        for (var token = 0; token < expected.Length; token++)
        {
            var share = draws.Count(drawn => drawn == token) / (double)Count;
            var deviation = Math.Sqrt(expected[token] * (1 - expected[token]) / Count);
            Assert.InRange(share, expected[token] - (5 * deviation), expected[token] + (5 * deviation));
        }
    }

    [Fact]
    public void Temperature_zero_always_takes_the_likeliest_the_first_of_several()
    {
        Assert.All(Draw(With(new SamplingOptions { Temperature = 0 }), 50), token => Assert.Equal(2, token));
        Assert.Equal(1, With(new SamplingOptions { Temperature = 0 }).Draw([0, 7, 7]));
    }

    [Fact]
    public void A_tiny_temperature_is_as_good_as_zero_and_a_huge_one_knows_no_favourites()
    {
        Assert.All(Draw(With(new SamplingOptions { Temperature = 1e-300 }), 50), token => Assert.Equal(2, token));
        Assert.All(With(new SamplingOptions { Temperature = 1e9 }).Distribution(Scores).Values, share => Assert.Equal(0.2, share, 1e-6));
    }

    [Theory]
    [InlineData(1, new[] { 2 })]
    [InlineData(2, new[] { 0, 2 })]
    [InlineData(4, new[] { 0, 1, 2, 4 })] // of the two last, the first
    [InlineData(9, new[] { 0, 1, 2, 3, 4 })]
    public void Top_k_keeps_exactly_k(int k, int[] kept) =>
        Assert.Equal(kept, With(new SamplingOptions { TopK = k }).Distribution(Scores).Keys.Order());

    [Theory]
    [InlineData(0.01, new[] { 2 })]
    [InlineData(0.49, new[] { 2 })]
    [InlineData(0.51, new[] { 0, 2 })]
    [InlineData(0.74, new[] { 0, 2 })]
    [InlineData(0.76, new[] { 0, 2, 4 })]
    [InlineData(1.0, new[] { 0, 1, 2, 3, 4 })]
    public void Top_p_keeps_the_smallest_set_that_reaches_p(double p, int[] kept) =>
        Assert.Equal(kept, With(new SamplingOptions { TopP = p }).Distribution(Scores).Keys.Order());

    [Fact]
    public void Top_p_takes_its_share_of_what_top_k_leaves() =>
        Assert.Equal([0, 2], With(new SamplingOptions { TopK = 2, TopP = 0.7 }).Distribution(Scores).Keys.Order()); // 2/3 and 1/3

    [Fact]
    public void Suppressed_tokens_are_never_drawn_and_their_share_goes_to_the_others()
    {
        Assert.DoesNotContain(2, Draw(With(new SamplingOptions(), 2), 2_000));
        Assert.Equal(0, With(new SamplingOptions { Temperature = 0 }, 2).Draw(Scores));
        Assert.Equal([0, 4], With(new SamplingOptions { TopK = 2 }, 2).Distribution(Scores).Keys.Order());
        Assert.Equal(0.5, With(new SamplingOptions(), 2).Distribution(Scores)[0], 1e-7);
    }

    [Fact]
    public void Minus_infinity_is_never_drawn() =>
        Assert.Equal([1], With(new SamplingOptions()).Distribution([float.NegativeInfinity, 3, float.NegativeInfinity]).Keys);

    [Fact]
    public void Scores_of_any_size_overflow_nothing()
    {
        var distribution = With(new SamplingOptions()).Distribution([3e38f, 3e38f, -3e38f]);
        Assert.Equal(0.5, distribution[0]);
        Assert.Equal(0.5, distribution[1]);
    }

    [Fact]
    public void The_same_seed_gives_the_same_tokens_on_every_machine()
    {
        // computed apart from this program, by the published algorithms of xoshiro256**, SplitMix64 and FNV-1a
        int[] golden = [0, 2, 0, 2, 2, 2, 4, 4, 2, 0, 0, 0, 2, 2, 0, 2, 2, 4, 4, 2, 4, 4, 0, 2];
        Assert.Equal(golden, Draw(new Sampler(new SamplingOptions(), PortableRandom.For(7, "generate")), golden.Length));
        Assert.NotEqual(golden, Draw(new Sampler(new SamplingOptions(), PortableRandom.For(8, "generate")), golden.Length));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Scores_that_are_not_finite_are_told_in_one_line(float score)
    {
        var mistake = Assert.Throws<UserMistakeException>(() => With(new SamplingOptions()).Draw([0, score]));
        Assert.Contains("token 1", Assert.Single(mistake.Lines));
    }

    [Fact]
    public void Nothing_left_to_draw_is_told_in_one_line() =>
        Assert.Single(Assert.Throws<UserMistakeException>(() => With(new SamplingOptions(), 0, 1).Draw([0, 1])).Lines);

    [Fact]
    public void Every_option_out_of_range_is_named()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => With(new SamplingOptions { Temperature = -1, TopK = 0, TopP = 1.5 }));
        Assert.Equal(["--temperature", "--top-k", "--top-p"], mistake.Lines.Select(line => line.Split(' ')[0]));
        Assert.Throws<UserMistakeException>(() => With(new SamplingOptions { Temperature = double.NaN }));
        Assert.Throws<UserMistakeException>(() => With(new SamplingOptions { TopP = 0 }));
        Assert.Throws<UserMistakeException>(() => With(new SamplingOptions { TopP = double.NaN }));
    }
}
