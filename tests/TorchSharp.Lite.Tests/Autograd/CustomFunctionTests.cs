using static TorchSharp.torch;

namespace RnnTrain.Tests;

public sealed class CustomFunctionTests
{
    [Fact]
    public void A_function_with_its_own_derivative_takes_part_in_backward()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 1.0, 2.0, 3.0 }, requires_grad: true);
        var y = Cube.apply(x, 2.0);
        Near.Equal(y, 2, 16, 54);
        y.sum().backward();
        Near.Equal(x.grad!, 6, 24, 54);
    }

    [Fact]
    public void Its_derivative_can_be_differentiated_again()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 2.0 }, requires_grad: true);
        var first = autograd.grad([Cube.apply(x, 1.0).sum()], [x], create_graph: true)[0];
        Near.Equal(autograd.grad([first.sum()], [x])[0], 12);
    }

    [Fact]
    public void Several_outputs_get_several_gradients()
    {
        using var scope = NewDisposeScope();
        var a = tensor(new[] { 3.0 }, requires_grad: true);
        var b = tensor(new[] { 5.0 }, requires_grad: true);
        var outputs = SumAndProduct.apply(a, b);
        Near.Equal(outputs[0], 8);
        Near.Equal(outputs[1], 15);
        (outputs[0] + 10 * outputs[1]).sum().backward();
        Near.Equal(a.grad!, 51);
        Near.Equal(b.grad!, 31);
    }

    [Fact]
    public void Without_gradients_only_forward_runs()
    {
        using var scope = NewDisposeScope();
        Assert.False(Cube.apply(ones(2, dtype: ScalarType.Float64), 1.0).requires_grad);
    }

    [Fact]
    public void An_exception_in_backward_reaches_the_caller()
    {
        Assert.SkipUnless(Near.IsLite, "the official assembly ends the process");
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        var loss = Broken.apply(x).sum();
        Assert.Equal("broken on purpose", Assert.Throws<FormatException>(() => loss.backward()).Message);
        (x * 2).sum().backward();
        Near.Equal(x.grad!, 2, 2);
    }

    [Fact]
    public void A_thousand_passes_leave_nothing_behind()
    {
        using var x = ones(100, dtype: ScalarType.Float64, requires_grad: true);
        Pass();
        var before = Tensor.TotalCount;
        for (var i = 0; i < 1000; i++) Pass();
        Assert.InRange(Tensor.TotalCount, 0, before + 20);

        void Pass()
        {
            using var scope = NewDisposeScope();
            Cube.apply(x, 1.0).sum().backward();
        }
    }

    private sealed class Cube : autograd.SingleTensorFunction<Cube>
    {
        public override string Name => nameof(Cube);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            var x = (Tensor)vars[0];
            ctx.save_for_backward([x]);
            ctx.save_data("factor", vars[1]);
            return x * x * x * (double)vars[1];
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
        {
            var x = ctx.get_saved_variables()[0];
            return [grad_output * 3 * x * x * (double)ctx.get_data("factor")!, null!];
        }
    }

    private sealed class SumAndProduct : autograd.MultiTensorFunction<SumAndProduct>
    {
        public override string Name => nameof(SumAndProduct);

        public override List<Tensor> forward(autograd.AutogradContext ctx, params object[] vars)
        {
            Tensor a = (Tensor)vars[0], b = (Tensor)vars[1];
            ctx.save_for_backward([a, b]);
            return [a + b, a * b];
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, List<Tensor> grad_outputs)
        {
            var saved = ctx.get_saved_variables();
            return [grad_outputs[0] + grad_outputs[1] * saved[1], grad_outputs[0] + grad_outputs[1] * saved[0]];
        }
    }

    private sealed class Broken : autograd.SingleTensorFunction<Broken>
    {
        public override string Name => nameof(Broken);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars) => (Tensor)vars[0] * 2;

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) =>
            throw new FormatException("broken on purpose");
    }
}
