using static TorchSharp.torch;

namespace RnnTrain.Tests;

public sealed class ArithmeticTests
{
    [Fact]
    public void Operators_work_between_tensors_and_numbers_on_both_sides()
    {
        using var scope = NewDisposeScope();
        var a = tensor(new[] { 1f, 2f, 4f });
        var b = tensor(new[] { 3f, 5f, 8f });
        Near.Equal(a + b, 4, 7, 12);
        Near.Equal(a - b, -2, -3, -4);
        Near.Equal(a * b, 3, 10, 32);
        Near.Equal(b / a, 3, 2.5, 2);
        Near.Equal(b % a, 0, 1, 0);
        Near.Equal(a + 1, 2, 3, 5);
        Near.Equal(1 - a, 0, -1, -3);
        Near.Equal(2 * a, 2, 4, 8);
        Near.Equal(8 / a, 8, 4, 2);
        Near.Equal(a * 0.5, 0.5, 1, 2);
        Near.Equal(-a, -1, -2, -4);
    }

    [Fact]
    public void In_place_variants_change_the_tensor_and_return_it()
    {
        using var scope = NewDisposeScope();
        var a = tensor(new[] { 1f, 4f, 9f });
        Assert.Same(a, a.add_(1));
        Near.Equal(a, 2, 5, 10);
        Near.Equal(a.sub_(1).sqrt_(), 1, 2, 3);
        Near.Equal(a.mul_(2).div_(4), 0.5, 1, 1.5);
        Near.Equal(a.clamp_(0.6, 1.2), 0.6, 1, 1.2);
        Near.Equal(a.fill_(3), 3, 3, 3);
        Near.Equal(a.zero_(), 0, 0, 0);
        Near.Equal(a.copy_(tensor(new[] { 1f, 2f, 3f })), 1, 2, 3);
        Near.Equal(a.addcmul_(ones(3), full(3, 2f), 10), 21, 22, 23);
        Near.Equal(a.addcdiv_(ones(3), full(3, 2f), 2), 22, 23, 24);
        Near.Equal(a.lerp_(zeros(3), tensor(0.5f)), 11, 11.5, 12);
    }

    [Fact]
    public void Scale_of_a_sum_is_applied_to_the_second_operand()
    {
        using var scope = NewDisposeScope();
        Near.Equal(ones(2).add(ones(2), alpha: 3), 4, 4);
        Near.Equal(ones(2).add_(ones(2), alpha: -0.5), 0.5, 0.5);
    }

    [Fact]
    public void Quotients_are_rounded_as_asked()
    {
        using var scope = NewDisposeScope();
        var a = tensor(new[] { 7f, -7f });
        Near.Equal(a.div(2), 3.5, -3.5);
        Near.Equal(a.div(2, RoundingMode.floor), 3, -4);
        Near.Equal(a.div(2, RoundingMode.trunc), 3, -3);
        Near.Equal(a.remainder(4), 3, 1);
        Near.Equal(a.fmod(4), 3, -3);
    }

    [Fact]
    public void Functions_of_one_element_give_their_values()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { -1.0, 0.0, 0.5 });
        Near.Equal(x.exp(), Math.Exp(-1), 1, Math.Exp(0.5));
        Near.Equal(x.sigmoid(), 1 / (1 + Math.E), 0.5, 1 / (1 + Math.Exp(-0.5)));
        Near.Equal(x.tanh(), Math.Tanh(-1), 0, Math.Tanh(0.5));
        Near.Equal(x.relu(), 0, 0, 0.5);
        Near.Equal(x.abs(), 1, 0, 0.5);
        Near.Equal(x.sign(), -1, 0, 1);
        Near.Equal(x.square(), 1, 0, 0.25);
        Near.Equal(x.sin(), Math.Sin(-1), 0, Math.Sin(0.5));
        Near.Equal(x.erf(), -0.8427008, 0, 0.5204999);
        Near.Equal(x.pow(2), 1, 0, 0.25);
        Near.Equal((x + 2).log(), 0, Math.Log(2), Math.Log(2.5));
        Near.Equal((x + 2).rsqrt(), 1, 1 / Math.Sqrt(2), 1 / Math.Sqrt(2.5));
        Near.Equal(tensor(new[] { 1.25, -1.25 }).round(), 1, -1);
        Near.Equal(tensor(new[] { 1.25, -1.25 }).floor(), 1, -2);
        Near.Equal(tensor(new[] { 1.25, -1.25 }).ceil(), 2, -1);
        Near.Equal(tensor(new[] { -3.0, 0.2, 3.0 }).clamp(-1, 1), -1, 0.2, 1);
        Near.Equal(tensor(new[] { double.NaN, double.PositiveInfinity, 2 }).nan_to_num(1, 5), 1, 5, 2);
    }

    [Fact]
    public void Activations_of_networks_give_their_values()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 1.0, 2.0 });
        var total = Math.E + Math.Exp(2);
        Near.Equal(x.softmax(0), Math.E / total, Math.Exp(2) / total);
        Near.Equal(x.log_softmax(0), 1 - Math.Log(total), 2 - Math.Log(total));
        Near.Equal(x.softplus(), Math.Log(1 + Math.E), Math.Log(1 + Math.Exp(2)));
        Near.Equal(x.silu(), 1 / (1 + Math.Exp(-1)), 2 / (1 + Math.Exp(-2)));
        Near.Equal(x.gelu(), 0.8413447, 1.9544997);
        Near.Equal(tensor(new[] { -1.0, 1.0 }).leaky_relu(0.1), -0.1, 1);
    }

    [Fact]
    public void Comparisons_and_logic_give_bools()
    {
        using var scope = NewDisposeScope();
        var a = tensor(new[] { 1f, 2f, 3f });
        var b = tensor(new[] { 3f, 2f, 1f });
        Near.Equal(a < b, 1, 0, 0);
        Near.Equal(a <= 2, 1, 1, 0);
        Near.Equal(a == b, 0, 1, 0);
        Near.Equal(a != 2, 1, 0, 1);
        Near.Equal((a > 1) & (b > 1), 0, 1, 0);
        Near.Equal((a > 1).logical_not(), 1, 0, 0);
        Near.Equal(~(a > 1), 1, 0, 0);
        Near.Equal(where(a > b, a, b), 3, 2, 3);
        Near.Equal(a.maximum(b), 3, 2, 3);
        Near.Equal(tensor(new[] { 1, float.NaN, float.PositiveInfinity }).isfinite(), 1, 0, 0);
        Near.Equal(tensor(new[] { 1, float.NaN, float.PositiveInfinity }).isnan(), 0, 1, 0);
        Assert.True(a.allclose(a + 1e-9));
        Assert.False(a.allclose(b));
        Assert.True(a.Equals(a.clone()));
    }
}
