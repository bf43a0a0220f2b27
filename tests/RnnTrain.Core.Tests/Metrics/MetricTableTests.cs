using RnnTrain.Configuration;
using RnnTrain.Metrics;

namespace RnnTrain.Tests.Metrics;

public sealed class MetricTableTests
{
    [Fact]
    public void Every_metric_prefers_the_better_of_two_models()
    {
        var good = new TokenTotals();
        good.Add(100, tokens: 100, correct: 60);
        var bad = new TokenTotals();
        bad.Add(200, tokens: 100, correct: 40);
        Assert.Equal(4, MetricTable.All.Count);
        Assert.Equal(4, MetricTable.All.Select(metric => metric.Name).Distinct().Count());
        Assert.All(MetricTable.All, metric =>
        {
            var (better, worse) = (metric.Of(good)!.Value, metric.Of(bad)!.Value);
            Assert.True(metric.IsBetter(better, worse), metric.Name);
            Assert.False(metric.IsBetter(worse, better), metric.Name);
            Assert.False(metric.IsBetter(better, better), metric.Name);
            Assert.True(metric.IsBetter(worse, null), metric.Name);
            Assert.True(metric.IsBetter(worse, double.NaN), metric.Name);
            Assert.False(metric.IsBetter(double.NaN, worse), metric.Name);
            Assert.False(metric.IsBetter(double.NaN, null), metric.Name);
        });
    }

    [Fact]
    public void An_improvement_below_the_minimum_does_not_count()
    {
        Assert.False(MetricTable.Loss.IsBetter(1.95, 2, minimumImprovement: 0.1));
        Assert.True(MetricTable.Loss.IsBetter(1.85, 2, minimumImprovement: 0.1));
        Assert.False(MetricTable.Find("accuracy").IsBetter(0.55, 0.5, minimumImprovement: 0.1));
        Assert.True(MetricTable.Find("accuracy").IsBetter(0.65, 0.5, minimumImprovement: 0.1));
    }

    [Fact]
    public void An_unknown_metric_is_a_mistake_that_names_the_known_ones()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => MetricTable.Find("perplexiti"));
        Assert.Equal("there is no metric 'perplexiti'; there are loss, perplexity, bits_per_token, accuracy", mistake.Message);
    }
}
