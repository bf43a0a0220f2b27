using RnnTrain.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Tensors;

public sealed class ParameterGradientTests
{
    [Fact]
    public void A_parameter_without_gradient_gets_one_to_be_overwritten_and_one_with_it_keeps_its_memory()
    {
        using var scope = NewDisposeScope();
        var parameter = nn.Parameter(Formula.Single(0.1, 3, 2));
        using (var first = ParameterGradient.Of(parameter))
        {
            Assert.False(first.Accumulates);
            Assert.Equal(0f, first.Beta);
            Assert.Equal([3, 2], first.Values.shape);
            Assert.False(first.Values.requires_grad);
            first.Values.fill_(2f);
        }

        Assert.Equal([2f, 2, 2, 2, 2, 2], parameter.grad!.data<float>().ToArray());
        using (var second = ParameterGradient.Of(parameter))
        {
            Assert.True(second.Accumulates);
            Assert.Equal(1f, second.Beta);
            second.Values.add_(1f);
        }

        Assert.Equal([3f, 3, 3, 3, 3, 3], parameter.grad!.data<float>().ToArray());
        parameter.grad = null;
        using var third = ParameterGradient.Of(parameter);
        Assert.False(third.Accumulates);
    }

    [Fact]
    public void A_gradient_that_is_not_contiguous_becomes_so_and_keeps_its_values()
    {
        using var scope = NewDisposeScope();
        var parameter = nn.Parameter(zeros(2, 3));
        parameter.grad = Formula.Single(0.2, 3, 2).t();
        var before = Numbers.Of(parameter.grad!);
        using var gradient = ParameterGradient.Of(parameter);
        Assert.True(gradient.Accumulates);
        Assert.True(gradient.Values.is_contiguous());
        gradient.Values.mul_(2f);
        Numbers.AreClose([.. before.Select(value => 2 * value)], parameter.grad!, 0, "gradient");
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.BFloat16)]
    public void The_gradient_has_the_type_of_its_parameter(ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var gradient = ParameterGradient.Of(nn.Parameter(zeros(2, 3, dtype: type)));
        Assert.Equal(type, gradient.Values.dtype);
    }

    [Fact]
    public void A_finished_gradient_is_taken_over_without_a_copy_and_added_where_there_is_one()
    {
        using var scope = NewDisposeScope();
        var parameter = nn.Parameter(zeros(2));
        var made = ones(2);
        ParameterGradient.Add(parameter, made);
        made.fill_(5f); // the same memory
        Assert.Equal([5f, 5], parameter.grad!.data<float>().ToArray());
        ParameterGradient.Add(parameter, ones(2));
        Assert.Equal([6f, 6], parameter.grad!.data<float>().ToArray());
    }

    [Fact]
    public void A_function_that_writes_the_gradient_gives_what_libtorch_would()
    {
        using var scope = NewDisposeScope();
        var (own, other) = (nn.Parameter(Formula.Single(0.1, 4)), nn.Parameter(Formula.Single(0.1, 4)));
        var input = Formula.Single(0.7, 4);
        for (var step = 0; step < 3; step++) // the sum of three
        {
            Product.apply(own, input).sum().backward();
            (other * input).sum().backward();
            Assert.Equal(other.grad!.data<float>().ToArray(), own.grad!.data<float>().ToArray());
        }
    }

    [Fact]
    public void No_handle_is_left_behind()
    {
        using var scope = NewDisposeScope();
        var parameter = nn.Parameter(zeros(2));
        var before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        for (var step = 0; step < 3; step++) ParameterGradient.Of(parameter).Dispose();
        Assert.Equal(before, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
    }

    /// <summary>weight · input, element by element.</summary>
    private sealed class Product : autograd.SingleTensorFunction<Product>
    {
        public override string Name => nameof(Product);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            ctx.save_for_backward([(Tensor)vars[0], (Tensor)vars[1]]);
            return (Tensor)vars[0] * (Tensor)vars[1];
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
        {
            var saved = ctx.get_saved_variables();
            using var gradient = ParameterGradient.Of(saved[0]);
            if (gradient.Accumulates) gradient.Values.addcmul_(grad_output, saved[1], 1);
            else gradient.Values.copy_(grad_output * saved[1]);
            return [null!, null!];
        }
    }
}
