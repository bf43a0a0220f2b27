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
