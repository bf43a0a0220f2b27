using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Tensors;

public sealed class LengthsTests
{
    private static readonly double[] Sequence = [11, 21, 12, 22, 13, 23];

    [Fact]
    public void Reversing_keeps_the_padding_in_place_and_is_its_own_inverse()
    {
        using var scope = NewDisposeScope();
        var lengths = new Lengths([2, 3], 3, CPU);
        var sequence = tensor(Sequence, [3, 2, 1]);
        var reversed = lengths.Reverse(sequence);
        Assert.Equal([12, 23, 11, 22, 13, 21], Numbers.Of(reversed));
        Assert.Equal(Sequence, Numbers.Of(lengths.Reverse(reversed)));
    }

    [Fact]
    public void The_last_step_is_each_example_s_own()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([12, 23], Numbers.Of(new Lengths([2, 3], 3, CPU).Last(tensor(Sequence, [3, 2, 1]))));
        Assert.Equal([13, 23], Numbers.Of(new Lengths([3, 3], 3, CPU).Last(tensor(Sequence, [3, 2, 1]))));
    }

    [Fact]
    public void The_mask_is_true_within_the_length()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([1, 1, 1, 1, 0, 1], Numbers.Of(new Lengths([2, 3], 3, CPU).Mask));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void A_length_outside_the_batch_is_refused(long length)
    {
        var wrong = Assert.Throws<ArgumentException>(() => new Lengths([3, length], 3, CPU));
        Assert.Equal($"example 1 has length {length}, but 1 to 3 is needed", wrong.Message);
    }
}
