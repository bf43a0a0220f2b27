using RnnTrain.Reports;

namespace RnnTrain.Tests.Reports;

public sealed class MemoryAdviceTests
{
    private static readonly MemoryAdvice Elman = new(HasForgetGate: false, null, IsOrthogonal: false, null);

    private static GradientReach Reach(double rate, int steps) => GradientReach.Of([.. Enumerable.Range(0, steps + 1).Select(n => Math.Pow(rate, n))]);

    [Fact]
    public void A_shrinking_gradient_is_told_with_its_rate_and_its_horizon()
    {
        Assert.Equal("the gradient shrinks 0.71 a step: what is 14 steps back cannot be learned (1 % of the gradient is left)",
            MemoryAdvice.Sentence(Reach(0.71, 100)));
        Assert.Equal("try model.cell.type: gru, or model.initialization.type: orthogonal", Elman.Remedy(MemoryVerdict.Vanishing));
    }

    [Fact]
    public void A_gradient_that_is_lost_in_the_first_steps_is_told_so()
    {
        var reach = GradientReach.Of([1, 0.1, .. Enumerable.Range(0, 60).Select(n => 0.009 * Math.Pow(0.95, n))]);
        Assert.Matches(@"the gradient falls to 1 % within 2 steps, and shrinks 0\.9\d+ a step over all: what is 2 steps back can hardly be learned", MemoryAdvice.Sentence(reach));
    }

    [Fact]
    public void A_growing_gradient_is_told_with_what_it_becomes()
    {
        Assert.Equal("the gradient grows 1.20 a step: 60 steps back it is 5.6e+4 times as large", MemoryAdvice.Sentence(Reach(1.2, 60)));
        Assert.Equal("try training.clip_norm: 1, or model.initialization.type: orthogonal, or model.cell.type: gru", Elman.Remedy(MemoryVerdict.Exploding));
    }

    [Fact]
    public void A_gradient_that_holds_needs_no_remedy()
    {
        Assert.Equal("the gradient holds: 0.99 a step, and 100 steps back 37 % of it is there; 1 % is left after about 459",
            MemoryAdvice.Sentence(Reach(0.99, 100)));
        Assert.Equal("the gradient holds: 1.02 a step, and 100 steps back it is 7.2 times as large", MemoryAdvice.Sentence(Reach(1.02, 100)));
        Assert.Null(Elman.Remedy(MemoryVerdict.Holding));
    }

    [Fact]
    public void What_is_in_use_is_not_advised()
    {
        var tried = new MemoryAdvice(HasForgetGate: true, 1, IsOrthogonal: true, 5);
        Assert.Equal("try a model.initialization.forget_gate_bias above 1", tried.Remedy(MemoryVerdict.Vanishing));
        Assert.Equal("try a smaller initialisation", tried.Remedy(MemoryVerdict.Exploding));
        Assert.Equal("try model.initialization.forget_gate_bias: 1 or more", new MemoryAdvice(true, null, true, null).Remedy(MemoryVerdict.Vanishing));
    }
}
