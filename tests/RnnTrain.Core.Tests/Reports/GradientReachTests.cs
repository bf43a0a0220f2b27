using RnnTrain.Reports;

namespace RnnTrain.Tests.Reports;

public sealed class GradientReachTests
{
    private static double[] Decay(double rate, int steps, double first = 0.3) => [.. Enumerable.Range(0, steps + 1).Select(n => first * Math.Pow(rate, n))];

    [Theory]
    [InlineData(0.71, 100, MemoryVerdict.Vanishing)]
    [InlineData(0.99, 100, MemoryVerdict.Holding)]
    [InlineData(1, 100, MemoryVerdict.Holding)]
    [InlineData(1.02, 100, MemoryVerdict.Holding)]
    [InlineData(1.1, 100, MemoryVerdict.Exploding)]
    [InlineData(0.95, 20, MemoryVerdict.Holding)]
    [InlineData(0.6, 6, MemoryVerdict.Vanishing)] // after ten steps 1 % is left, though six do not show it
    [InlineData(0.85, 6, MemoryVerdict.Holding)]
    public void A_steady_decay_is_fitted_exactly(double rate, int steps, MemoryVerdict verdict)
    {
        var reach = GradientReach.Of(Decay(rate, steps));
        Assert.Equal(rate, reach.Rate, 1e-9);
        Assert.Equal(steps, reach.Steps);
        Assert.Equal(Math.Pow(rate, steps), reach.Remains, Math.Pow(rate, steps) * 1e-9);
        Assert.Equal(verdict, reach.Verdict);
    }

    [Fact]
    public void The_horizon_is_measured_where_it_lies_within_the_steps()
    {
        var reach = GradientReach.Of(Decay(0.71, 100));
        Assert.Equal(14, reach.Horizon); // 0.71^14 = 0.0083, 0.71^13 = 0.0116
        Assert.True(reach.HorizonIsMeasured);
    }

    [Fact]
    public void The_horizon_is_told_from_the_rate_where_it_lies_beyond()
    {
        var reach = GradientReach.Of(Decay(0.99, 100));
        Assert.Equal(459, reach.Horizon); // ln 0.01 / ln 0.99
        Assert.False(reach.HorizonIsMeasured);
        Assert.Null(GradientReach.Of(Decay(1.01, 100)).Horizon);
    }

    [Fact]
    public void A_gradient_that_comes_back_has_not_gone()
    {
        double[] norms = [1, 0.001, 0.001, 0.5, 0.5];
        var reach = GradientReach.Of(norms);
        Assert.Equal(MemoryVerdict.Holding, reach.Verdict);
        Assert.False(reach.HorizonIsMeasured);
    }

    [Fact]
    public void A_gradient_that_is_cut_ends_there()
    {
        var reach = GradientReach.Of([1, 0.9, 0.8, 0, 0, 0]);
        Assert.Equal(2, reach.NothingBeyond);
        Assert.Equal(MemoryVerdict.Vanishing, reach.Verdict);
        Assert.Equal("the gradient ends 2 steps back: what lies further back cannot be learned", MemoryAdvice.Sentence(reach));
    }

    [Fact]
    public void A_state_that_the_last_output_does_not_read_is_measured_from_the_step_before()
    {
        var reach = GradientReach.Of([0, 0.5, 0.45, 0.4]);
        Assert.Equal(MemoryVerdict.Holding, reach.Verdict);
        Assert.Equal(0.8, reach.Remains, 1e-12);
    }

    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NaN)]
    public void A_gradient_beyond_all_numbers_explodes(double far)
    {
        var reach = GradientReach.Of([1, 10, 1e200, far]);
        Assert.Equal(MemoryVerdict.Exploding, reach.Verdict);
        Assert.Equal(double.PositiveInfinity, reach.Remains);
        Assert.Contains("beyond all numbers 3 steps back", MemoryAdvice.Sentence(reach), StringComparison.Ordinal);
    }

    [Fact]
    public void No_gradient_at_all_is_said_to_end_at_once()
    {
        var reach = GradientReach.Of([0, 0, 0]);
        Assert.Equal(MemoryVerdict.Vanishing, reach.Verdict);
        Assert.Contains("ends 0 steps back", MemoryAdvice.Sentence(reach), StringComparison.Ordinal);
    }
}
