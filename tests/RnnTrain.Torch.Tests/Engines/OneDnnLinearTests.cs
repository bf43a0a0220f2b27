using RnnTrain.Engines;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Engines;

public sealed class OneDnnLinearTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    [InlineData(2)]
    public void It_is_libtorchs_product_with_all_its_gradients(int? addedAxes)
    {
        Assert.SkipUnless(OneDnn.IsAvailable, "needs the oneDNN engine");
        using var scope = NewDisposeScope();
        var expected = Run((x, weight, added) => added is null ? x.matmul(weight.t()) : x.matmul(weight.t()) + added);
        var found = Run(OneDnnLinear.Of);
        Assert.Equal(addedAxes is null ? 3 : 4, found.Count);
        for (var i = 0; i < found.Count; i++) Numbers.AreClose(expected[i], found[i], 1e-5, $"result {i}");

        List<Tensor> Run(Func<Tensor, Tensor, Tensor?, Tensor> product)
        {
            var x = Formula.Single(0.1, 5, 3).requires_grad_();
            var weight = Formula.Single(0.2, 4, 3).requires_grad_();
            var added = addedAxes is null ? null : Formula.Single(0.3, addedAxes == 1 ? [4] : [5, 4]).requires_grad_();

            // twice, as in two time steps: the second adds to the first one's gradients
            var y = product(x, weight, added); // [5, 4]
            var loss = (y * Formula.Single(0.4, 5, 4)).sum() + (product(x * 2, weight, added) * Formula.Single(0.5, 5, 4)).sum();
            loss.backward();
            return [y, x.grad!, weight.grad!, .. added is null ? Array.Empty<Tensor>() : [added.grad!]];
        }
    }

    [Fact]
    public void A_weight_that_is_computed_gets_its_gradient_through_the_graph()
    {
        Assert.SkipUnless(OneDnn.IsAvailable, "needs the oneDNN engine");
        using var scope = NewDisposeScope();
        var weight = Formula.Single(0.2, 6, 3).requires_grad_();
        var x = Formula.Single(0.1, 2, 5, 3);
        var y = OneDnnLinear.Of(x, weight.narrow(0, 2, 3), null); // [2, 5, 3]
        Assert.Equal([2, 5, 3], y.shape);
        y.sum().backward();
        var sums = x.sum([0, 1]); // [3]
        Numbers.AreClose(cat([zeros(2, 3), sums.expand(3, 3), zeros(1, 3)]), weight.grad!, 1e-5, "gradient");
    }
}
