using static TorchSharp.torch;

namespace RnnTrain.Tests;

public sealed class GradientTests
{
    [Fact]
    public void Backward_adds_up_gradients_of_leaves()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 1f, 2f, 3f }, requires_grad: true);
        (x * x).sum().backward();
        Near.Equal(x.grad!, 2, 4, 6);
        x.sum().backward();
        Near.Equal(x.grad!, 3, 5, 7);
        x.grad = null;
        Assert.Null(x.grad);
    }

    [Fact]
    public void Gradients_flow_through_indexing_and_joining()
    {
        using var scope = NewDisposeScope();
        var x = zeros(2, 2, requires_grad: true);
        cat([x[0], x[1] * 3]).sum().backward();
        Near.Equal(x.grad!, [2, 2], 1, 1, 3, 3);
    }

    [Fact]
    public void Given_gradients_weigh_the_outputs()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        (x * 2).backward([tensor(new[] { 1f, 10f })]);
        Near.Equal(x.grad!, 2, 20);
    }

    [Fact]
    public void Nothing_is_recorded_without_gradients()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        Assert.True(is_grad_enabled());
        using (no_grad())
        {
            Assert.False(is_grad_enabled());
            Assert.False((x * 2).requires_grad);
            using (enable_grad()) Assert.True((x * 2).requires_grad);
            x.add_(1);
        }
        Assert.True(is_grad_enabled());
        Assert.True((x * 2).requires_grad);
        using (inference_mode()) Assert.False((x * 2).requires_grad);
        Assert.False(x.detach().requires_grad);
        Assert.True(x.is_leaf);
        Assert.False((x * 2).is_leaf);
    }

    [Fact]
    public void Inner_tensors_keep_their_gradient_when_asked()
    {
        using var scope = NewDisposeScope();
        var x = ones(1, requires_grad: true);
        var y = x * 3;
        y.retain_grad();
        (y * y).sum().backward();
        Near.Equal(y.grad!, 6);
    }

    [Fact]
    public void Grad_returns_gradients_and_derivatives_of_them()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 2.0 }, requires_grad: true);
        var first = autograd.grad([x.pow(3).sum()], [x], create_graph: true)[0];
        Near.Equal(first, 12);
        Near.Equal(autograd.grad([first.sum()], [x])[0], 12);
        Assert.Null(x.grad);
    }

    [Fact]
    public void Two_backward_passes_need_the_graph_kept()
    {
        using var scope = NewDisposeScope();
        var x = ones(1, requires_grad: true);
        var loss = (x * x).sum();
        loss.backward(retain_graph: true);
        loss.backward();
        Near.Equal(x.grad!, 4);
    }
}
