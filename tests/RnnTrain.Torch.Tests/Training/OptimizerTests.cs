using RnnTrain.Cells;
using RnnTrain.Training;
using RnnTrain.Training.Optimizers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using OptimizerOptions = RnnTrain.Configuration.OptimizerOptions;

namespace RnnTrain.Tests.Training;

public sealed class OptimizerTests
{
    private const double LearningRate = 0.05;

    /// <summary>Each of ours with TorchSharp's of the same options.</summary>
    private static readonly Dictionary<string, (OptimizerOptions Ours, Func<IEnumerable<Parameter>, optim.Optimizer> Theirs)> Pairs = new()
    {
        ["sgd"] = (new SgdOptions { LearningRate = LearningRate }, parameters => optim.SGD(parameters, LearningRate)),
        ["sgd with momentum"] = (
            new SgdOptions { LearningRate = LearningRate, Momentum = 0.9 },
            parameters => optim.SGD(parameters, LearningRate, momentum: 0.9)),
        ["sgd with everything"] = (
            new SgdOptions { LearningRate = LearningRate, Momentum = 0.8, Nesterov = true, WeightDecay = 0.1 },
            parameters => optim.SGD(parameters, LearningRate, momentum: 0.8, weight_decay: 0.1, nesterov: true)),
        ["sgd with weight decay"] = (
            new SgdOptions { LearningRate = LearningRate, WeightDecay = 0.1 },
            parameters => optim.SGD(parameters, LearningRate, weight_decay: 0.1)),
        ["adam"] = (
            new AdamOptions { LearningRate = LearningRate, Beta1 = 0.8, Beta2 = 0.95, Epsilon = 1e-6, WeightDecay = 0.1 },
            parameters => optim.Adam(parameters, LearningRate, 0.8, 0.95, 1e-6, 0.1)),
        ["adamw"] = (
            new AdamWOptions { LearningRate = LearningRate, WeightDecay = 0.2 },
            parameters => optim.AdamW(parameters, LearningRate, weight_decay: 0.2)),
    };

    public static TheoryData<string> Names => [.. Pairs.Keys];

    [Fact]
    public void Every_optimizer_of_the_table_is_held_against_TorchSharps() =>
        Assert.Equal(
            OptimizerTable.Optimizers.Entries.Select(entry => entry.Name).Order(),
            Pairs.Values.Select(pair => OptimizerTable.Optimizers.NameOf(pair.Ours)).Distinct().Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void Ten_steps_go_where_TorchSharps_go(string name)
    {
        var (options, make) = Pairs[name];
        var (ours, theirs) = (Weights(), Weights());
        using var optimizer = OptimizerTable.Optimizers.Create(options, ours);
        using var reference = make(theirs.Select(named => named.Parameter));
        for (var step = 0; step < 10; step++)
        {
            SetGradients(ours, step, scale: 1);
            SetGradients(theirs, step, scale: 1);
            optimizer.Step(LearningRate, 1);
            reference.step();
        }
        AssertSame(theirs, ours);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_gradient_scale_is_a_scaled_gradient(string name)
    {
        var options = Pairs[name].Ours;
        var (scaled, plain) = (Weights(), Weights());
        using var first = OptimizerTable.Optimizers.Create(options, scaled);
        using var second = OptimizerTable.Optimizers.Create(options, plain);
        for (var step = 0; step < 3; step++)
        {
            SetGradients(scaled, step, scale: 1);
            SetGradients(plain, step, scale: 0.25f);
            first.Step(LearningRate, 0.25);
            second.Step(LearningRate, 1);
        }
        AssertSame(plain, scaled);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_restored_memory_goes_on_bit_for_bit(string name)
    {
        var options = Pairs[name].Ours;
        var whole = Weights();
        using var uninterrupted = OptimizerTable.Optimizers.Create(options, whole);
        Take(uninterrupted, whole, 0, 5);

        var parts = Weights();
        using var before = OptimizerTable.Optimizers.Create(options, parts);
        Take(before, parts, 0, 2);
        using var after = OptimizerTable.Optimizers.Create(options, parts);
        after.Restore(before.Memory.ToDictionary(pair => pair.Name, pair => pair.Tensor));
        Take(after, parts, 2, 5);

        foreach (var (expected, actual) in whole.Zip(parts)) Assert.Equal(expected.Parameter.data<float>().ToArray(), actual.Parameter.data<float>().ToArray());
    }

    [Fact]
    public void The_norm_is_that_of_all_gradients_as_one_vector()
    {
        var weights = Weights();
        using (var three = full_like(weights[0].Parameter, 3)) weights[0].Parameter.grad = three;
        using (var four = full_like(weights[1].Parameter, 4)) weights[1].Parameter.grad = four;
        var expected = Math.Sqrt(9.0 * weights[0].Parameter.numel() + 16.0 * weights[1].Parameter.numel());
        Assert.Equal(expected, new GradientNorm(weights).Measure(), 4);
    }

    [Theory]
    [InlineData(2.0, 1.0, 0.5)]
    [InlineData(0.5, 1.0, 1.0)]
    [InlineData(5.0, null, 1.0)]
    public void Clipping_only_ever_shortens(double norm, double? limit, double expected) =>
        Assert.Equal(expected, GradientNorm.ScaleToClip(norm, limit));

    private static void Take(Optimizer optimizer, IReadOnlyList<NamedParameter> parameters, int first, int end)
    {
        for (var step = first; step < end; step++)
        {
            SetGradients(parameters, step, scale: 1);
            optimizer.Step(LearningRate, 1);
        }
    }

    private static IReadOnlyList<NamedParameter> Weights() =>
    [
        new("matrix", nn.Parameter((arange(12, ScalarType.Float32) * 0.1f - 0.5f).reshape(3, 4)), ParameterRole.InputWeight),
        new("bias", nn.Parameter(arange(4, ScalarType.Float32) * 0.3f), ParameterRole.InputBias),
    ];

    private static void SetGradients(IReadOnlyList<NamedParameter> parameters, int step, float scale)
    {
        foreach (var (_, parameter, _, _, _) in parameters)
        {
            using var gradient = (arange(parameter.numel(), ScalarType.Float32) + step).sin().reshape(parameter.shape) * scale;
            parameter.grad = gradient;
        }
    }

    private static void AssertSame(IReadOnlyList<NamedParameter> expected, IReadOnlyList<NamedParameter> actual)
    {
        foreach (var (one, other) in expected.Zip(actual))
        {
            var (a, b) = (one.Parameter.data<float>().ToArray(), other.Parameter.data<float>().ToArray());
            Assert.All(a.Zip(b), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
        }
    }
}
