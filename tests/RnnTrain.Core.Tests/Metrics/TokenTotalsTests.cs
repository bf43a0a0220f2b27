using RnnTrain.Metrics;

namespace RnnTrain.Tests.Metrics;

public sealed class TokenTotalsTests
{
    private static double ValueOf(TokenTotals totals, string name) => totals.Values().Single(value => value.Name == name).Value;

    [Fact]
    public void A_uniform_guess_among_eight_has_perplexity_eight_and_three_bits()
    {
        var totals = new TokenTotals();
        totals.Add(10 * Math.Log(8), tokens: 10, correct: 1);
        Assert.Equal(Math.Log(8), ValueOf(totals, "loss"), 12);
        Assert.Equal(8, ValueOf(totals, "perplexity"), 12);
        Assert.Equal(3, ValueOf(totals, "bits_per_token"), 12);
        Assert.Equal(0.1, ValueOf(totals, "accuracy"), 12);
    }

    [Fact]
    public void Batches_of_different_sizes_weigh_by_their_tokens()
    {
        var totals = new TokenTotals();
        totals.Add(2 * 100, tokens: 100, correct: 50);
        totals.Add(5 * 1, tokens: 1, correct: 1);
        Assert.Equal(205.0 / 101, ValueOf(totals, "loss"), 12);
        Assert.Equal(51.0 / 101, ValueOf(totals, "accuracy"), 12);
    }

    [Fact]
    public void There_is_no_accuracy_where_correct_predictions_were_not_counted_throughout()
    {
        var totals = new TokenTotals();
        totals.Add(1, tokens: 1, correct: 1);
        totals.Add(1, tokens: 1);
        Assert.Equal(["loss", "perplexity", "bits_per_token"], totals.Values().Select(value => value.Name));
    }

    [Fact]
    public void Cleared_totals_are_as_new()
    {
        var totals = new TokenTotals();
        totals.Add(7, tokens: 3);
        totals.Clear();
        totals.Add(4, tokens: 2, correct: 1);
        Assert.Equal(2, ValueOf(totals, "loss"));
        Assert.Equal(0.5, ValueOf(totals, "accuracy"));
    }

    [Fact]
    public void Without_a_token_there_is_no_metric() => Assert.Throws<InvalidOperationException>(() => new TokenTotals().Values());
}
