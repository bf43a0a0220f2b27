using RnnTrain.Configuration;
using RnnTrain.Engines;
using RnnTrain.Models.Outputs;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Models.Outputs;

public sealed class FullOutputTests
{
    private const long Ignored = -100;

    public static TheoryData<int, int, int, ComputeEngine, ScalarType> Sizes()
    {
        var data = new TheoryData<int, int, int, ComputeEngine, ScalarType>();
        foreach (var (rows, hidden, classes) in new[] { (1, 1, 1), (1, 3, 65), (7, 5, 1), (6, 4, 16), (33, 17, 65), (130, 3, 10_001), (501, 2, 20_000), (5, 2, 1024) })
        {
            data.Add(rows, hidden, classes, ComputeEngine.Auto, ScalarType.Float32);
            data.Add(rows, hidden, classes, ComputeEngine.Libtorch, ScalarType.Float32);
            data.Add(rows, hidden, classes, ComputeEngine.Auto, ScalarType.Float64);
        }

        return data;
    }

    // with one class the gradient is zero
    public static TheoryData<int, int, int, ComputeEngine, ScalarType> SizesWithAChoice() => [.. Sizes().Select(row => row.Data).Where(size => size.Item3 > 1)];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Loss_and_gradients_are_those_of_linear_and_cross_entropy(int rows, int hidden, int classes, ComputeEngine engine, ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var layer = Filled(hidden, classes, engine).to(type);
        var input = Formula.Double(0.7, rows, hidden).to(type).requires_grad_();
        var targets = Targets(rows, classes, ignoreEvery: 4);
        var loss = layer.Loss(input, input, targets, factor: 3);
        loss.Objective.backward();

        var (weight, bias, other) = (Copy(layer, "weight"), Copy(layer, "bias"), input.detach().to(float64).requires_grad_());
        var logits = nn.functional.linear(other, weight, bias);
        var mean = nn.functional.cross_entropy(logits, targets);
        (mean * 3).backward();
        var (lossTolerance, tolerance) = type == ScalarType.Float64 ? (1e-12, 1e-12) : (1e-6, 1e-5);
        Numbers.AreClose(mean * 3, loss.Objective, lossTolerance, "objective");
        Numbers.AreClose(mean, loss.Mean(), 1e-6, "mean");
        Numbers.AreClose(nn.functional.cross_entropy(logits, targets, reduction: nn.Reduction.Sum), loss.Sum, lossTolerance, "sum");
        Assert.Equal(logits.argmax(1).eq(targets).sum().item<long>(), loss.Correct!.item<long>());
        Assert.Equal(targets.ne(Ignored).sum().item<long>(), loss.Count.item<long>());
        AreProportional(other.grad!, input.grad!, tolerance, "gradient of hidden");
        AreProportional(weight.grad!, Gradient(layer, "weight"), tolerance, "gradient of weight");
        AreProportional(bias.grad!, Gradient(layer, "bias"), tolerance, "gradient of bias");
    }

    /// <summary>Each target is (1 − ε) one-hot + ε / classes everywhere.</summary>
    [Theory]
    [MemberData(nameof(SizesWithAChoice))]
    public void Smoothed_labels_change_the_objective_and_its_gradient_but_not_the_loss_told(int rows, int hidden, int classes, ComputeEngine engine, ScalarType type)
    {
        const double smoothing = 0.3;
        using var scope = NewDisposeScope();
        using var layer = Filled(hidden, classes, engine).to(type);
        var input = Formula.Double(0.7, rows, hidden).to(type).requires_grad_();
        var targets = Targets(rows, classes, ignoreEvery: 4);
        var loss = layer.Loss(input, input, targets, factor: 3, smoothing: smoothing);
        loss.Objective.backward();

        var (weight, bias, other) = (Copy(layer, "weight"), Copy(layer, "bias"), input.detach().to(float64).requires_grad_());
        var scored = targets.ne(Ignored).nonzero().squeeze(1);
        var logProbabilities = nn.functional.linear(other, weight, bias).log_softmax(1).index_select(0, scored);
        var oneHot = zeros_like(logProbabilities).scatter_(1, targets.index_select(0, scored).unsqueeze(1), ones(scored.numel(), 1, float64));
        var wanted = (oneHot * (1 - smoothing)) + (smoothing / classes);
        var objective = -(wanted * logProbabilities).sum() / scored.numel() * 3;
        objective.backward();
        var tolerance = type == ScalarType.Float64 ? 1e-12 : 1e-5;
        Numbers.AreClose(objective, loss.Objective, tolerance, "objective");
        var plain = nn.functional.cross_entropy(nn.functional.linear(other, weight, bias), targets, reduction: nn.Reduction.Sum);
        Numbers.AreClose(plain, loss.Sum, tolerance, "loss");
        AreProportional(other.grad!, input.grad!, tolerance, "gradient of hidden");
        AreProportional(weight.grad!, Gradient(layer, "weight"), tolerance, "gradient of weight");
        AreProportional(bias.grad!, Gradient(layer, "bias"), tolerance, "gradient of bias");
    }

    [Theory]
    [InlineData(ComputeEngine.Auto)]
    [InlineData(ComputeEngine.Libtorch)]
    public void Huge_logits_neither_overflow_nor_lose_the_loss(ComputeEngine engine)
    {
        using var scope = NewDisposeScope();
        using var layer = Filled(2, 20, engine);
        using (no_grad()) Parameter(layer, "weight").mul_(1e20f);
        var input = Formula.Single(0.7, 5, 2).requires_grad_();
        var targets = Targets(5, 20, ignoreEvery: 100);
        var loss = layer.Loss(input, input, targets, 1);
        loss.Objective.backward();
        var logits = nn.functional.linear(input, Parameter(layer, "weight"), Parameter(layer, "bias"));
        Numbers.AreClose(nn.functional.cross_entropy(logits, targets).to(float64), loss.Objective, 1e-6, "loss");
        Assert.All(Numbers.Of(Gradient(layer, "weight")), value => Assert.True(double.IsFinite(value)));
    }

    [Theory]
    [InlineData(ComputeEngine.Auto)]
    [InlineData(ComputeEngine.Libtorch)]
    public void What_is_not_a_number_shows_in_the_loss(ComputeEngine engine)
    {
        using var scope = NewDisposeScope();
        using var layer = Filled(2, 40, engine);
        foreach (var bad in new[] { float.NaN, float.PositiveInfinity })
        {
            var input = tensor([0.5f, 0.5f, bad, 0.5f], [2, 2]);
            Assert.True(double.IsNaN(layer.Loss(input, input, tensor([3L, 4]), 1).Sum.item<double>()), $"{bad}");
        }
    }

    /// <summary>As in PyTorch: the mean of nothing is no number, and no weight moves.</summary>
    [Theory]
    [InlineData(ComputeEngine.Auto)]
    [InlineData(ComputeEngine.Libtorch)]
    public void Without_a_target_the_mean_is_not_a_number_and_the_gradient_zero(ComputeEngine engine)
    {
        using var scope = NewDisposeScope();
        using var layer = Filled(3, 20, engine);
        var input = Formula.Single(0.7, 5, 3).requires_grad_();
        var loss = layer.Loss(input, input, full(5, Ignored, int64), 1);
        loss.Objective.backward();
        Assert.True(float.IsNaN(loss.Objective.item<float>()));
        Assert.Equal(0, loss.Sum.item<double>());
        Assert.Equal(0, loss.Correct!.item<long>());
        Assert.All(Numbers.Of(input.grad!).Concat(Numbers.Of(Gradient(layer, "weight"))).Concat(Numbers.Of(Gradient(layer, "bias"))), value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData(ComputeEngine.Auto)]
    [InlineData(ComputeEngine.Libtorch)]
    public void Of_equal_logits_the_first_is_the_prediction(ComputeEngine engine)
    {
        using var scope = NewDisposeScope();
        using var layer = new FullOutput(new OutputArguments(2, 33, IsTied: false, engine)); // all zeros
        var loss = layer.Loss(ones(3, 2), ones(3, 2), tensor([0L, 1, 32]), 1);
        Assert.Equal(1, loss.Correct!.item<long>());
        Assert.Equal(Math.Log(33), loss.Sum.item<double>() / 3, 6);
    }

    [Fact]
    public void A_target_that_does_not_exist_is_refused()
    {
        using var scope = NewDisposeScope();
        foreach (var engine in new[] { ComputeEngine.Auto, ComputeEngine.Libtorch })
        {
            using var layer = Filled(2, 20, engine);
            foreach (var wrong in new[] { -1L, 20 })
            {
                var mistake = Assert.ThrowsAny<Exception>(() => layer.Loss(ones(2, 2), ones(2, 2), tensor([3L, wrong]), 1));
                if (engine == ComputeEngine.Auto && OneDnn.IsAvailable) Assert.Equal($"target {wrong} in row 1 is none of 20 classes", mistake.Message);
            }
        }
    }

    [Fact]
    public void Gradients_are_added_up_and_scaled_by_what_comes_from_above()
    {
        using var scope = NewDisposeScope();
        using var layer = Filled(3, 20, ComputeEngine.Auto);
        var targets = Targets(9, 20, ignoreEvery: 4);
        var input = Formula.Single(0.7, 9, 3).requires_grad_();
        layer.Loss(input, input, targets, 1).Objective.backward();
        var (once, below) = (Gradient(layer, "weight").clone(), input.grad!.clone());
        (layer.Loss(input, input, targets, 1).Objective * 2).backward();
        Numbers.AreClose(once * 3, Gradient(layer, "weight"), 1e-6, "gradient of weight");
        Numbers.AreClose(below * 3, input.grad!, 1e-6, "gradient of hidden");
    }

    [Fact]
    public void A_second_backward_pass_is_refused()
    {
        using var scope = NewDisposeScope();
        using var layer = Filled(3, 20, ComputeEngine.Auto);
        var objective = layer.Loss(ones(2, 3), ones(2, 3), tensor([1L, 2]), 1).Objective;
        objective.backward(retain_graph: true);
        Assert.ThrowsAny<Exception>(() => objective.backward());
    }

    [Fact]
    public void Only_what_needs_a_gradient_gets_one()
    {
        using var scope = NewDisposeScope();
        using var layer = Filled(3, 20, ComputeEngine.Auto);
        Parameter(layer, "weight").requires_grad = false;
        var loss = layer.Loss(ones(2, 3), ones(2, 3), tensor([1L, 2]), 1);
        loss.Objective.backward();
        Assert.Null(Parameter(layer, "weight").grad);
        Assert.NotNull(Parameter(layer, "bias").grad);
        Assert.False(loss.Sum.requires_grad);
        using var frozen = no_grad();
        Assert.False(layer.Loss(ones(2, 3), ones(2, 3), tensor([1L, 2]), 1).Objective.requires_grad);
    }

    /// <summary>A tied matrix in another type is no leaf: its gradient flows on to the embedding.</summary>
    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    public void A_tied_matrix_gets_its_gradient_through_a_conversion(ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var layer = new FullOutput(new OutputArguments(3, 20, IsTied: true)).to(type);
        var matrix = nn.Parameter(Formula.Single(0.2, 20, 3));
        var input = Formula.Single(0.7, 9, 3);
        var targets = Targets(9, 20, ignoreEvery: 4);
        var loss = layer.Loss(input.to(type), matrix.to(type), targets, 1);
        loss.Objective.backward();
        Assert.Equal(ScalarType.Float32, loss.Objective.dtype);

        var plain = nn.Parameter(matrix.detach().clone());
        var expected = nn.functional.cross_entropy(nn.functional.linear(input, plain), targets);
        expected.backward();
        var tolerance = type == ScalarType.Float32 ? 1e-6 : 0.02;
        Numbers.AreClose(expected, loss.Objective, tolerance, "loss");
        AreProportional(plain.grad!, matrix.grad!, tolerance, "gradient");
    }

    [Fact]
    public void A_short_type_adds_up_its_chunks_in_full()
    {
        using var scope = NewDisposeScope();
        using var layer = Filled(2, 30_000, ComputeEngine.Auto);
        var expected = Filled(2, 30_000, ComputeEngine.Auto);
        layer.to(ScalarType.BFloat16);
        var input = Formula.Single(0.7, 300, 2);
        var targets = Targets(300, 30_000, ignoreEvery: 4); // two chunks
        layer.Loss(input.to(ScalarType.BFloat16), input, targets, 1).Objective.backward();
        expected.Loss(input, input, targets, 1).Objective.backward();
        Assert.Equal(ScalarType.BFloat16, Gradient(layer, "weight").dtype);
        AreProportional(Gradient(expected, "weight"), Gradient(layer, "weight"), 0.02, "gradient of weight");
        AreProportional(Gradient(expected, "bias"), Gradient(layer, "bias"), 0.02, "gradient of bias");
    }

    [Fact]
    public void Steps_leave_no_tensor_behind()
    {
        using var layer = Filled(3, 20, ComputeEngine.Auto);
        Step();
        var before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        for (var step = 0; step < 3; step++) Step();
        Assert.Equal(before, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);

        void Step()
        {
            using var scope = NewDisposeScope();
            layer.zero_grad();
            layer.Loss(ones(2, 3).requires_grad_(), ones(2, 3), tensor([1L, 2]), 1).Objective.backward();
        }
    }

    private static FullOutput Filled(int hidden, int classes, ComputeEngine engine)
    {
        var layer = new FullOutput(new OutputArguments(hidden, classes, IsTied: false, engine));
        using var frozen = no_grad();
        foreach (var parameter in layer.NamedParameters())
        {
            parameter.Parameter.copy_(Formula.Single(0.2, [.. parameter.Shape]) * 3);
        }

        return layer;
    }

    private static Tensor Targets(int rows, int classes, int ignoreEvery) =>
        tensor([.. Enumerable.Range(0, rows).Select(row => row % ignoreEvery == 3 ? Ignored : (row * 7919L) % classes)]);

    private static TorchSharp.Modules.Parameter Parameter(FullOutput layer, string name)
    {
        var found = layer.NamedParameters().Single(parameter => parameter.Name == name).Parameter;
        return found;
    }

    private static Tensor Copy(FullOutput layer, string name) => Parameter(layer, name).detach().to(float64, copy: true).requires_grad_();

    private static Tensor Gradient(FullOutput layer, string name) => Parameter(layer, name).grad!;

    /// <summary>No number is farther off than this share of the largest.</summary>
    private static void AreProportional(Tensor expected, Tensor actual, double tolerance, string what)
    {
        var largest = Math.Max(expected.abs().max().to(float64).item<double>(), 1e-30);
        Numbers.AreClose(expected.to(float64) / largest, actual.to(float64) / largest, tolerance, what);
    }
}
