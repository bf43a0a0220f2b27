using RnnTrain.Configuration;
using RnnTrain.Data;
using RnnTrain.Training;
using RnnTrain.Training.Optimizers;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Training;

/// <summary>What a GPU does, where losses and norms are read late, held on the CPU against what is read at once.</summary>
public sealed class DeferredReadingTests
{
    public static TheoryData<OptimizerOptions> Optimizers =>
    [
        new SgdOptions { LearningRate = 0.5 },
        new SgdOptions { LearningRate = 0.1, Momentum = 0.9, Nesterov = true, WeightDecay = 0.001 },
        new AdamOptions { LearningRate = 0.01, WeightDecay = 0.001 },
        new AdamWOptions { LearningRate = 0.01 },
        new NadamOptions { LearningRate = 0.01 },
        new RadamOptions { LearningRate = 0.01 },
        new RmsPropOptions { LearningRate = 0.01, Momentum = 0.5, Centered = true, Epsilon = 1e-3 },
        new AdagradOptions { LearningRate = 0.01, LearningRateDecay = 0.1 },
        new AdadeltaOptions { LearningRate = 1 },
        new AsgdOptions { LearningRate = 0.5, AverageAfter = 3 },
    ];

    [Fact]
    public void Every_optimizer_is_among_them() =>
        Assert.Equal(OptimizerTable.Optimizers.Entries.Count, Optimizers.Select(row => row.Data.GetType()).Distinct().Count());

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Every_event_is_the_same_but_for_rounding(OptimizerOptions optimizer)
    {
        TinyExperiment Tiny(bool defers) => new(config => config with
        {
            Training = config.Training with { Optimizer = optimizer, ClipNorm = 0.5 },
            Evaluation = new EvaluationOptions { Every = new Interval(5) },
        })
        { DefersReading = defers };
        using var early = Tiny(defers: false);
        using var late = Tiny(defers: true);
        var (expected, actual) = (early.Train(), late.Train());

        Assert.Equal(Steps(expected), Steps(actual));
        Assert.All(expected.OfType<StepDone>().Zip(actual.OfType<StepDone>()), pair =>
        {
            Assert.Equal(pair.First.MeanLoss, pair.Second.MeanLoss, 1e-3);
            Assert.Equal(pair.First.GradientNorm, pair.Second.GradientNorm, 1e-3);
            Assert.Equal(pair.First.LearningRate, pair.Second.LearningRate);
        });
        var measured = expected.OfType<MetricsMeasured>().Zip(actual.OfType<MetricsMeasured>()).ToList();
        Assert.True(measured.Count > 10);
        Assert.All(measured, pair => Assert.Equal(
            (pair.First.Step, pair.First.Split, Names(pair.First)), (pair.Second.Step, pair.Second.Split, Names(pair.Second))));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(12)]
    public void A_step_that_is_not_finite_is_named_when_it_is_read_and_nothing_is_saved_after_it(int bad)
    {
        using var tiny = new TinyExperiment(config => config with
        {
            Training = config.Training with { LogEvery = 1000 },
            Checkpoints = new CheckpointOptions { Every = new Interval(10) },
        })
        { DefersReading = true };
        var saved = new List<long>();
        tiny.Task.Model.train();
        var forward = 0;
        using var poisoned = new PoisonedTask(tiny.Task, () => ++forward == bad);
        var diverged = Assert.Throws<TrainingDivergedException>(() => tiny.Train(
            also: happened => { if (happened is CheckpointDue due) saved.Add(due.State.Progress.Step); }, task: poisoned));
        Assert.Equal(bad, diverged.Step);
        Assert.All(saved, step => Assert.True(step < bad, $"step {step} was saved"));
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void A_step_that_is_not_finite_leaves_weights_and_memory_as_they_were(OptimizerOptions options)
    {
        using var tiny = new TinyExperiment(config => config with { Training = config.Training with { Optimizer = options, MaximumSteps = 3 } }) { DefersReading = true };
        tiny.Train();
        var (weights, memory) = (tiny.Weights(), Memory(tiny.State.Optimizer));
        var parameters = tiny.Task.Model.NamedParameters();
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        foreach (var (_, parameter, _, _, _) in parameters) parameter.grad = ones_like(parameter);
        parameters[1].Parameter.grad = full_like(parameters[1].Parameter, float.NaN);
        var gradients = FlatGradient.Of(parameters);
        var norm = GradientNorm.Of(gradients);
        tiny.State.Optimizer.Step(0.1, gradients, GradientNorm.ScaleToClip(norm, 1), norm.isfinite());
        Assert.Equal(weights, tiny.Weights());
        Assert.Equal(memory, Memory(tiny.State.Optimizer));
    }

    private static List<byte> Memory(Optimizer optimizer) => [.. optimizer.Memory.SelectMany(named => named.Tensor.contiguous().bytes.ToArray())];

    private static IEnumerable<(string, long)> Steps(IEnumerable<TrainingEvent> events) => events.Select(happened => happened switch
    {
        StepDone step => ("step", step.Step),
        MetricsMeasured measured => (measured.Split.Name(), measured.Step),
        ValidationDone validation => ("validation", validation.Step),
        CheckpointDue => ("checkpoint", 0),
        _ => (happened.GetType().Name, 0L),
    }).Where(told => told.Item1 != "step");

    private static string Names(MetricsMeasured measured) => string.Join(",", measured.Values.Select(value => value.Name));
}
