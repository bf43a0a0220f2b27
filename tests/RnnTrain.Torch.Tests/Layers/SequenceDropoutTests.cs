using RnnTrain.Layers;
using RnnTrain.Models;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Layers;

public sealed class SequenceDropoutTests
{
    [Fact]
    public void A_locked_mask_is_the_same_at_all_steps_and_another_at_another_time()
    {
        using var scope = NewDisposeScope();
        var dropout = new SequenceDropout(0.5, IsLocked: true);
        var (first, second) = (Masks(dropout, 1), Masks(dropout, 2));
        Assert.All(first, mask => Assert.Equal(first[0], mask));
        Assert.NotEqual(first[0], second[0]);
        Assert.Equal(first, Masks(dropout, 1));
        Assert.Equal([0, 2], first[0].Distinct().Order());
        Assert.Equal(0.5, first[0].Count(value => value == 0) / 600.0, 0.1);
    }

    [Fact]
    public void Another_mask_is_drawn_for_each_step_otherwise_and_none_in_evaluation()
    {
        using var scope = NewDisposeScope();
        var masks = Masks(new SequenceDropout(0.5, IsLocked: false), 1);
        Assert.NotEqual(masks[0], masks[1]);
        var values = ones(4, 20, 30);
        Assert.Same(values, new SequenceDropout(0.5, IsLocked: true).Apply(values, isTraining: false));
    }

    [Theory]
    [InlineData(0.1, 3, 7, 5)]
    [InlineData(0.5, 40, 30, 20)] // more than a thread's unit
    [InlineData(0.9, 2, 1, 17)]
    public void The_gradient_goes_where_numbers_went_and_none_of_it_elsewhere(double share, int time, int batch, int features)
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var values = (Formula.Single(0.2, time, batch, features) + 2).requires_grad_(); // none is zero
        var dropped = new SequenceDropout(share, IsLocked: false).Apply(values * 1, isTraining: true); // [time, batch, features]
        (dropped * 3).sum().backward();
        var (given, gradient) = (Numbers.Of(dropped / values), Numbers.Of(values.grad!));
        Assert.All(given.Zip(gradient), pair => Assert.Equal(3 * pair.First, pair.Second, 1e-4));
        Assert.All(given, factor => Assert.True(factor == 0 || Math.Abs(factor - (1 / (1 - share))) < 1e-4));
        if (given.Length > 10000) Assert.Equal(share, given.Count(factor => factor == 0) / (double)given.Length, 0.02);
    }

    /// <summary>A number's fate says nothing of that of its neighbours, in any direction.</summary>
    [Fact]
    public void Neighbours_are_dropped_independently()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        var kept = new SequenceDropout(0.5, IsLocked: false).Apply(ones(64, 64, 32), isTraining: true).gt(0).to(float64); // [time, batch, features]
        foreach (var axis in new[] { 0, 1, 2 })
        {
            var both = kept.narrow(axis, 1, kept.size(axis) - 1) * kept.narrow(axis, 0, kept.size(axis) - 1); // one less along the axis
            Assert.Equal(0.25, both.mean().item<double>(), 0.01);
        }
    }

    /// <summary>A word that is dropped is dropped wherever it stands.</summary>
    [Fact]
    public void A_word_is_dropped_everywhere_or_nowhere()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var tokens = arange(600, int64).remainder(200).view(30, 20);
        var factors = Numbers.Of(WordDropout.Factors(tokens, 200, 0.5));
        Assert.Equal([0, 2], factors.Distinct().Order());
        for (var i = 200; i < 600; i++) Assert.Equal(factors[i % 200], factors[i]);
    }

    private static double[][] Masks(SequenceDropout dropout, long seed)
    {
        manual_seed(seed);
        return [.. dropout.Apply(ones(4, 20, 30), isTraining: true).unbind(0).Select(Numbers.Of)];
    }
}
