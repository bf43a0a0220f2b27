using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Tensors;

public sealed class ShapesTests
{
    private const long Time = 5;
    private const long Features = 2;

    [Fact]
    public void A_right_shape_passes()
    {
        using var input = zeros(Time, 3, Features);
        Shapes.Require(input, "input", Time, Shapes.Any, Features);
    }

    [Fact]
    public void A_wrong_size_is_named_with_the_axes_that_are_needed()
    {
        using var input = zeros(5, 3, 4);
        var wrong = Assert.Throws<ArgumentException>(() => Shapes.Require(input, "input", Time, Shapes.Any, Features, secondAxis: "batch"));
        Assert.Equal("input is [5, 3, 4], but [time = 5, batch, features = 2] is needed", wrong.Message);
    }

    [Fact]
    public void A_wrong_number_of_axes_is_refused()
    {
        using var input = zeros(5, 3);
        Assert.Throws<ArgumentException>(() => Shapes.Require(input, "input", 5, 3, 1));
        Assert.Throws<ArgumentException>(() => Shapes.Require(input, "input", 5));
        Assert.Throws<ArgumentException>(() => Shapes.Require(input, "input", 5, 4));
    }
}
