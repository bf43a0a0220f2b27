using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace RnnTrain.Tests.NN;

public sealed class UtilityTests
{
    [Fact]
    public void The_norm_over_all_gradients_is_cut_to_the_limit()
    {
        using var scope = NewDisposeScope();
        Parameter[] parameters = [With(3, 0), With(0, 4), new(zeros(2))];
        Assert.Equal(5, utils.clip_grad_norm_(parameters, 1), 1e-6);
        Assert.Equal([0.6f, 0], parameters[0].grad!.data<float>().ToArray(), Close);
        Assert.Equal([0, 0.8f], parameters[1].grad!.data<float>().ToArray(), Close);
    }

    [Fact]
    public void Gradients_within_the_limit_stay_as_they_are()
    {
        using var scope = NewDisposeScope();
        Parameter[] parameters = [With(3, 0), With(0, 4)];
        Assert.Equal(5, utils.clip_grad_norm_(parameters, 5.1), 1e-6);
        Assert.Equal([3f, 0], parameters[0].grad!.data<float>().ToArray());
        Assert.Equal(4, utils.clip_grad_norm_(parameters, 100, double.PositiveInfinity), 1e-6);
        Assert.Equal(7, utils.clip_grad_norm_(parameters, 100, 1), 1e-6);
    }

    [Fact]
    public void A_norm_that_is_not_a_number_is_returned()
    {
        using var scope = NewDisposeScope();
        Assert.True(double.IsNaN(utils.clip_grad_norm_([With(float.NaN, 1)], 1)));
        Assert.Equal(0, utils.clip_grad_norm_([], 1));
    }

    [Fact]
    public void Values_are_cut_to_the_limit()
    {
        using var scope = NewDisposeScope();
        var parameter = With(-3, 0.5f);
        utils.clip_grad_value_([parameter], 1);
        Assert.Equal([-1f, 0.5f], parameter.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Parameters_go_into_a_vector_and_back()
    {
        using var scope = NewDisposeScope();
        using var linear = Linear(3, 2);
        var vector = utils.parameters_to_vector(linear.parameters()).detach(); // [8]
        Assert.Equal(8, vector.numel());
        utils.vector_to_parameters(vector * 2, linear.parameters());
        Assert.Equal(vector * 2, utils.parameters_to_vector(linear.parameters()).detach());
    }

    [Fact]
    public void Initial_values_have_their_distributions()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var x = empty(400, 600); // fan in 600, fan out 400
        Spread(init.uniform_(x, -2, 4), 1, Math.Sqrt(3), -2, 4);
        Spread(init.normal_(x, 1, 2), 1, 2, double.NegativeInfinity, double.PositiveInfinity);
        var bound = Math.Sqrt(6.0 / 1000);
        Spread(init.xavier_uniform_(x), 0, bound / Math.Sqrt(3), -bound, bound);
        bound = Math.Sqrt(6.0 / 600);
        Spread(init.kaiming_uniform_(x), 0, bound / Math.Sqrt(3), -bound, bound);
        Spread(
            init.kaiming_normal_(x, mode: init.FanInOut.FanOut, nonlinearity: init.NonlinearityType.ReLU), 0, Math.Sqrt(2.0 / 400),
            double.NegativeInfinity, double.PositiveInfinity);
        Spread(init.trunc_normal_(x, a: -1, b: 1), 0, 0.5396, -1, 1);
        Spread(init.constant_(x, 7), 7, 0, 7, 7);
        Spread(init.zeros_(x), 0, 0, 0, 0);
        Spread(init.ones_(x), 1, 0, 1, 1);

        static void Spread(Tensor x, double mean, double deviation, double low, double high)
        {
            Assert.Equal(mean, x.to(ScalarType.Float64).mean().item<double>(), 0.02);
            Assert.Equal(deviation, x.to(ScalarType.Float64).std().item<double>(), 0.02 * deviation + 1e-9);
            Assert.InRange(x.min().item<float>(), (float)low, (float)high);
            Assert.InRange(x.max().item<float>(), (float)low, (float)high);
        }
    }

    [Theory]
    [InlineData(5, 3)]
    [InlineData(3, 5)]
    [InlineData(4, 4)]
    public void Orthogonal_values_are_orthogonal(long rows, long columns)
    {
        using var scope = NewDisposeScope();
        var x = init.orthogonal_(empty([rows, columns], dtype: ScalarType.Float64), 2);
        var product = rows < columns ? x.mm(x.t()) : x.t().mm(x); // [fewer, fewer]
        var expected = eye(Math.Min(rows, columns), dtype: ScalarType.Float64) * 4;
        Assert.True(product.allclose(expected));
    }

    [Fact]
    public void Initial_values_go_into_parameters_without_a_history()
    {
        using var scope = NewDisposeScope();
        var parameter = new Parameter(empty(2, 3));
        init.eye_(parameter);
        Assert.Equal([1f, 0, 0, 0, 1, 0], parameter.detach().data<float>().ToArray());
        Assert.True(parameter.is_leaf);
        Assert.Equal(5.0 / 3, init.calculate_gain(init.NonlinearityType.Tanh));
        Assert.Equal(Math.Sqrt(2 / (1 + 0.25)), init.calculate_gain(init.NonlinearityType.LeakyReLU, 0.5));
        Assert.Equal((12, 20), init.CalculateFanInAndFanOut(empty(5, 3, 4)));
    }

    private static bool Close(float a, float b) => Math.Abs(a - b) < 1e-5f;

    private static Parameter With(float first, float second)
    {
        var parameter = new Parameter(zeros(2));
        parameter.grad = tensor([first, second]);
        return parameter;
    }
}
