using RnnTrain.Cells;
using RnnTrain.Tensors;
using RnnTrain.Training;
using RnnTrain.Training.Optimizers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using OptimizerOptions = RnnTrain.Configuration.OptimizerOptions;

namespace RnnTrain.Tests.Training;

public sealed class OptimizerTests
{
    private const double LearningRate = 0.05;

    /// <summary>Each of ours with TorchSharp's of the same options; null where it has none, and PyTorch's weights are in golden/optimizers.json.</summary>
    private static readonly Dictionary<string, (OptimizerOptions Ours, Func<IEnumerable<Parameter>, optim.Optimizer>? Theirs)> Pairs = new()
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
        ["nadam"] = (
            new NadamOptions { LearningRate = LearningRate, Beta1 = 0.8, Beta2 = 0.95, Epsilon = 1e-6, WeightDecay = 0.1, MomentumDecay = 0.01 }, null),
        ["radam"] = (new RadamOptions { LearningRate = LearningRate, Beta1 = 0.8, Beta2 = 0.95, Epsilon = 1e-6, WeightDecay = 0.1 }, null),
        ["radam that never relies on its squares"] = (new RadamOptions { LearningRate = LearningRate, Beta1 = 0.8, Beta2 = 0.5 }, null),
        ["rmsprop"] = (
            new RmsPropOptions { LearningRate = LearningRate, Alpha = 0.9, WeightDecay = 0.1 },
            parameters => optim.RMSProp(parameters, LearningRate, alpha: 0.9, weight_decay: 0.1)),
        ["rmsprop with momentum"] = (
            new RmsPropOptions { LearningRate = LearningRate, Alpha = 0.9, Momentum = 0.7 },
            parameters => optim.RMSProp(parameters, LearningRate, alpha: 0.9, momentum: 0.7)),
        ["rmsprop centered"] = (
            new RmsPropOptions { LearningRate = LearningRate, Alpha = 0.9, Epsilon = 0.01, Centered = true },
            parameters => optim.RMSProp(parameters, LearningRate, alpha: 0.9, eps: 0.01, centered: true)),
        ["rmsprop with everything"] = (
            new RmsPropOptions { LearningRate = LearningRate, Alpha = 0.9, Epsilon = 0.01, Momentum = 0.7, Centered = true, WeightDecay = 0.1 },
            parameters => optim.RMSProp(parameters, LearningRate, alpha: 0.9, eps: 0.01, weight_decay: 0.1, momentum: 0.7, centered: true)),
        ["adagrad"] = (new AdagradOptions { LearningRate = LearningRate }, parameters => optim.Adagrad(parameters, LearningRate)),
        ["adagrad with everything"] = (
            new AdagradOptions { LearningRate = LearningRate, LearningRateDecay = 0.2, InitialAccumulator = 0.3, Epsilon = 1e-6, WeightDecay = 0.1 },
            parameters => optim.Adagrad(parameters, LearningRate, lr_decay: 0.2, weight_decay: 0.1, initial_accumulator_value: 0.3, eps: 1e-6)),
        ["asgd"] = (
            new AsgdOptions { LearningRate = LearningRate, WeightDecay = 0.1 },
            parameters => optim.ASGD(parameters, LearningRate, lambd: 0, weight_decay: 0.1)),
        ["adadelta"] = (
            new AdadeltaOptions { LearningRate = LearningRate, Rho = 0.8, Epsilon = 1e-3, WeightDecay = 0.1 },
            parameters => optim.Adadelta(parameters, LearningRate, rho: 0.8, eps: 1e-3, weight_decay: 0.1)),
    };

    public static TheoryData<string> Names => [.. Pairs.Keys];

    [Fact]
    public void Every_optimizer_of_the_table_is_held_against_another() =>
        Assert.Equal(
            OptimizerTable.Optimizers.Entries.Select(entry => entry.Name).Order(),
            Pairs.Values.Select(pair => OptimizerTable.Optimizers.NameOf(pair.Ours)).Distinct().Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void Ten_steps_go_where_TorchSharps_or_PyTorchs_go(string name)
    {
        var (options, make) = Pairs[name];
        var ours = Weights();
        using var optimizer = OptimizerTable.Optimizers.Create(options, ours);
        Take(optimizer, ours, 0, 10);
        var expected = make is null ? Golden.Read<Dictionary<string, float[]>>("optimizers.json")[name] : TenSteps(make);
        var actual = ours.SelectMany(named => named.Parameter.data<float>().ToArray()).ToArray();
        Assert.Equal(16, expected.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 2e-6f));
    }

    [Fact]
    public void Every_golden_file_of_a_missing_optimizer_is_used() => Assert.Equal(
        Golden.Read<Dictionary<string, float[]>>("optimizers.json").Keys.Where(name => name != "asgd, averaged").Order(),
        Pairs.Where(pair => pair.Value.Theirs is null).Select(pair => pair.Key).Order());

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

    [Theory]
    [MemberData(nameof(Names))]
    public void Tensor_operations_go_where_the_pass_over_memory_goes(string name)
    {
        var (passed, operated) = (Large(), Large());
        using var first = OptimizerTable.Optimizers.Create(Pairs[name].Ours, passed);
        using var second = OptimizerTable.Optimizers.Create(Pairs[name].Ours, operated);
        for (var step = 0; step < 3; step++)
        {
            using var scope = NewDisposeScope();
            SetGradients(passed, step, scale: 1);
            SetGradients(operated, step, scale: 1);
            first.Step(LearningRate, 0.5);
            second.Step(LearningRate, FlatGradient.Of(operated), tensor(0.5f), tensor(true));
        }
        AssertSame(passed, operated);
        foreach (var ((_, one), (_, other)) in first.Memory.Zip(second.Memory)) Numbers.AreClose(one.to(float32), other.to(float32), 1e-5, "memory");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Parameters_that_are_not_plain_memory_are_changed_too(string name)
    {
        var (plain, turned) = (Large(), Large());
        using (no_grad()) turned[0] = turned[0] with { Parameter = nn.Parameter(turned[0].Parameter.t().contiguous().t()) };
        Assert.False(turned[0].Parameter.is_contiguous());
        using var first = OptimizerTable.Optimizers.Create(Pairs[name].Ours, plain);
        using var second = OptimizerTable.Optimizers.Create(Pairs[name].Ours, turned);
        for (var step = 0; step < 3; step++)
        {
            SetGradients(plain, step, scale: 1);
            SetGradients(turned, step, scale: 1);
            Assert.Equal(new GradientNorm(plain).Measure(), new GradientNorm(turned).Measure(), 1e-2);
            first.Step(LearningRate, 0.5);
            second.Step(LearningRate, 0.5);
        }
        AssertSame(plain, turned);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_number_of_threads_changes_no_bit(string name)
    {
        var results = new List<float[]>();
        var before = get_num_threads();
        foreach (var threads in new[] { 1, 2, 3 })
        {
            set_num_threads(threads);
            var weights = Large();
            using var optimizer = OptimizerTable.Optimizers.Create(Pairs[name].Ours, weights);
            var norm = new GradientNorm(weights);
            for (var step = 0; step < 3; step++)
            {
                SetGradients(weights, step, scale: 1);
                optimizer.Step(LearningRate, 1 / norm.Measure());
            }
            results.Add([.. weights.SelectMany(named => named.Parameter.data<float>().ToArray())]);
        }
        set_num_threads(before);
        Assert.Equal(results[0], results[1]);
        Assert.Equal(results[0], results[2]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public unsafe void A_gradient_by_rows_is_the_dense_one_with_zeros(string name)
    {
        using var rows = new RowGradient();
        NamedParameter[] Embedding(RowGradient? known) =>
            [new("embedding", nn.Parameter((arange(40 * 33, ScalarType.Float32) * 0.01f).sin().reshape(40, 33)), ParameterRole.Embedding) { Rows = known }];
        var (sparse, dense) = (Embedding(rows), Embedding(null));
        using var first = OptimizerTable.Optimizers.Create(Pairs[name].Ours, sparse);
        using var second = OptimizerTable.Optimizers.Create(Pairs[name].Ours, dense);
        foreach (long[] tokens in new long[][] { [3, 1, 3, 39], [0], [7, 3, 8] })
        {
            sparse[0].Parameter.grad = null;
            fixed (float* values = Enumerable.Range(0, tokens.Length * 33).Select(i => MathF.Cos(i)).ToArray()) rows.Add(sparse[0].Parameter, tokens, values);
            Assert.True(rows.Describes(sparse[0].Parameter.grad));
            using (var copy = sparse[0].Parameter.grad!.clone()) dense[0].Parameter.grad = copy;
            Assert.Equal(new GradientNorm(dense).Measure(), new GradientNorm(sparse).Measure(), 1e-6);
            first.Step(LearningRate, 0.5);
            second.Step(LearningRate, 0.5);
        }
        AssertSame(dense, sparse);
    }

    [Fact]
    public void A_parameter_without_gradient_stays_as_it_is()
    {
        var weights = Large();
        using var optimizer = OptimizerTable.Optimizers.Create(new AdamWOptions { LearningRate = LearningRate }, weights);
        SetGradients(weights, 0, scale: 1);
        weights[1].Parameter.grad = null;
        var before = weights[1].Parameter.data<float>().ToArray();
        optimizer.Step(LearningRate, 1);
        using var scope = NewDisposeScope();
        optimizer.Step(LearningRate, FlatGradient.Of(weights), tensor(1f), tensor(true));
        Assert.Equal(before, weights[1].Parameter.data<float>().ToArray());
    }

    [Theory]
    [InlineData(1e30f)]
    [InlineData(1e-30f)]
    public void The_norm_of_huge_and_of_tiny_gradients_is_right(float size)
    {
        var weights = Weights();
        foreach (var (_, parameter, _, _, _) in weights)
        {
            using var gradient = full_like(parameter, size);
            parameter.grad = gradient;
        }
        Assert.Equal(4, new GradientNorm(weights).Measure() / size, 1e-5); // √16 numbers
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

    private static float[] TenSteps(Func<IEnumerable<Parameter>, optim.Optimizer> make)
    {
        var weights = Weights();
        using var reference = make(weights.Select(named => named.Parameter));
        for (var step = 0; step < 10; step++)
        {
            SetGradients(weights, step, scale: 1);
            reference.step();
        }
        return [.. weights.SelectMany(named => named.Parameter.data<float>().ToArray())];
    }

    internal static void Take(Optimizer optimizer, IReadOnlyList<NamedParameter> parameters, int first, int end)
    {
        for (var step = first; step < end; step++)
        {
            SetGradients(parameters, step, scale: 1);
            optimizer.Step(LearningRate, 1);
        }
    }

    internal static IReadOnlyList<NamedParameter> Weights() =>
    [
        new("matrix", nn.Parameter((arange(12, ScalarType.Float32) * 0.1f - 0.5f).reshape(3, 4)), ParameterRole.InputWeight),
        new("bias", nn.Parameter(arange(4, ScalarType.Float32) * 0.3f), ParameterRole.InputBias),
    ];

    /// <summary>More than a unit of work, and sizes that no vector's width divides.</summary>
    private static NamedParameter[] Large() =>
    [
        new("matrix", nn.Parameter((arange(211 * 173, ScalarType.Float32) * 0.1f).sin().reshape(211, 173)), ParameterRole.InputWeight),
        new("bias", nn.Parameter((arange(37, ScalarType.Float32) * 0.3f).cos()), ParameterRole.InputBias),
        new("other", nn.Parameter((arange(16385, ScalarType.Float32) * 0.3f).cos()), ParameterRole.OutputBias),
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
