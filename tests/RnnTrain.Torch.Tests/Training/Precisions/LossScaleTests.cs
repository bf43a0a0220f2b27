using RnnTrain.Training.Precisions;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Training.Precisions;

public sealed class LossScaleTests
{
    [Fact]
    public void A_gradient_that_is_not_finite_halves_the_scale_and_counts_a_skipped_step()
    {
        using var scale = new LossScale(CPU, new LossScaleState());
        Assert.Equal(65536, scale.Read().Scale);
        Update(scale, true, true, false, false, true);
        Assert.Equal(new LossScaleState { Scale = 16384, GoodSteps = 1, SkippedSteps = 2 }, scale.Read());
    }

    [Fact]
    public void After_2000_good_steps_in_a_row_the_scale_doubles()
    {
        using var scale = new LossScale(CPU, new LossScaleState { Scale = 512 });
        for (var step = 0; step < 1999; step++) Update(scale, true);
        Assert.Equal(512, scale.Read().Scale);
        Update(scale, true);
        Assert.Equal(new LossScaleState { Scale = 1024 }, scale.Read());
        for (var step = 0; step < 1999; step++) Update(scale, true);
        Update(scale, false, true);
        Assert.Equal(new LossScaleState { Scale = 512, GoodSteps = 1, SkippedSteps = 1 }, scale.Read());
    }

    [Fact]
    public void At_the_floor_scaling_is_at_its_end()
    {
        using var scale = new LossScale(CPU, new LossScaleState { Scale = 2 });
        Update(scale, false);
        Assert.Equal(new LossScaleState { Scale = 1, SkippedSteps = 1 }, scale.Read());
        Update(scale, true);
        Assert.False(scale.Read().IsExhausted);
        Update(scale, false, true);
        Assert.Equal(new LossScaleState { Scale = 1, GoodSteps = 1, SkippedSteps = 2, IsExhausted = true }, scale.Read());
    }

    [Fact]
    public void The_scale_has_a_ceiling()
    {
        using var scale = new LossScale(CPU, new LossScaleState { Scale = LossScale.Ceiling, GoodSteps = LossScale.GrowthSteps - 1 });
        Update(scale, true);
        Assert.Equal(LossScale.Ceiling, scale.Read().Scale);
    }

    [Fact]
    public void A_scale_goes_on_where_a_checkpoint_left_it()
    {
        using var first = new LossScale(CPU, new LossScaleState { Scale = 4096, GoodSteps = 1990 });
        Update(first, true, true, true);
        using var second = new LossScale(CPU, new LossScaleState());
        second.Restore(first.Read());
        for (var step = 0; step < 10; step++)
        {
            Update(first, step != 8);
            Update(second, step != 8);
            Assert.Equal(first.Read(), second.Read());
        }
        Assert.Equal(4096, second.Read().Scale); // doubled at the 2000th, halved at the skipped one
        Assert.Equal(1, second.Read().SkippedSteps);
    }

    private static void Update(LossScale scale, params bool[] isFinite)
    {
        foreach (var one in isFinite)
        {
            using var finite = tensor(one); // []
            scale.Update(finite);
        }
    }
}
