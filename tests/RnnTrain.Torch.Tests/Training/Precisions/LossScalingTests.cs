using RnnTrain.Checkpoints;
using RnnTrain.Configuration;
using RnnTrain.Data;
using RnnTrain.Training;
using RnnTrain.Training.Optimizers;
using RnnTrain.Training.Precisions;

namespace RnnTrain.Tests.Training.Precisions;

/// <summary>Training with a scaled loss as fp16 does it on a GPU, held on the CPU, where the arithmetic is fp32.</summary>
public sealed class LossScalingTests
{
    /// <summary>A scale is a power of two: what does not overflow is not rounded either.</summary>
    [Fact]
    public void A_scale_that_never_overflows_changes_no_bit()
    {
        static ExperimentConfig OnLibtorch(ExperimentConfig config) => config with { Engine = ComputeEngine.Libtorch };
        using var plain = new TinyExperiment(OnLibtorch) { DefersReading = true };
        using var scaled = new TinyExperiment(OnLibtorch, lossScale: new LossScaleState());
        var (expected, actual) = (plain.Train().OfType<StepDone>(), scaled.Train().OfType<StepDone>());
        Assert.Equal(plain.Weights(), scaled.Weights());
        Assert.Equal(expected.Select(step => (step.MeanLoss, step.GradientNorm)), actual.Select(step => (step.MeanLoss, step.GradientNorm)));
        Assert.Equal(new LossScaleState { GoodSteps = scaled.State.Progress.Step }, scaled.State.Progress.LossScale);
        Assert.Null(plain.State.Progress.LossScale);
    }

    [Fact]
    public void A_step_whose_gradient_overflows_changes_nothing_and_is_counted()
    {
        using var tiny = new TinyExperiment(EveryStepIsTold, lossScale: new LossScaleState { Scale = 1024 });
        var steps = 0;
        using var poisoned = new PoisonedTask(tiny.Task, () => ++steps is 4 or 5, keepsLoss: true);
        var weights = new List<byte[]>();
        var events = tiny.Train(also: happened => { if (happened is StepDone) weights.Add(tiny.Weights()); }, task: poisoned);

        Assert.Equal(weights[2], weights[3]);
        Assert.Equal(weights[2], weights[4]);
        Assert.All([(0, 1), (1, 2), (4, 5), (5, 6)], pair => Assert.NotEqual(weights[pair.Item1], weights[pair.Item2]));
        Assert.Equal([4L, 5L], events.OfType<StepDone>().Where(step => !double.IsFinite(step.GradientNorm)).Select(step => step.Step));
        var count = tiny.State.Progress.Step;
        Assert.Equal(count - 2, tiny.State.Optimizer.Memory.Single(named => named.Name == "step").Tensor.data<long>()[0]);
        Assert.Equal(new LossScaleState { Scale = 256, GoodSteps = count - 5, SkippedSteps = 2 }, tiny.State.Progress.LossScale);
    }

    [Fact]
    public void The_metrics_have_the_scale_and_the_steps_skipped_so_far()
    {
        using var tiny = new TinyExperiment(EveryStepIsTold, lossScale: new LossScaleState { Scale = 1024 });
        var steps = 0;
        using var poisoned = new PoisonedTask(tiny.Task, () => ++steps == 2, keepsLoss: true);
        var rows = tiny.Train(task: poisoned).OfType<MetricsMeasured>().Where(measured => measured.Split == Split.Train).ToList();
        double Value(int row, string name) => rows[row].Values.Single(value => value.Name == name).Value;
        Assert.Equal((1024, 0), (Value(0, "loss_scale"), Value(0, "skipped_steps")));
        Assert.Equal((512, 1), (Value(1, "loss_scale"), Value(1, "skipped_steps")));
        Assert.Equal((512, 1), (Value(2, "loss_scale"), Value(2, "skipped_steps")));
        Assert.Equal(0, Value(1, "gradient_norm")); // no step of this row has one
        Assert.All(rows.SelectMany(row => row.Values), value => Assert.True(double.IsFinite(value.Value), value.Name));
    }

    [Fact]
    public void Training_stops_where_gradients_overflow_at_the_floor()
    {
        using var tiny = new TinyExperiment(EveryStepIsTold, lossScale: new LossScaleState { Scale = 4 });
        var steps = 0;
        using var poisoned = new PoisonedTask(tiny.Task, () => ++steps > 2, keepsLoss: true);
        var diverged = Assert.Throws<TrainingDivergedException>(() => tiny.Train(task: poisoned));
        Assert.Equal(5, diverged.Step); // 3 and 4 went down to the floor
        Assert.Contains("floor", diverged.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_that_is_not_finite_is_no_matter_of_scale()
    {
        using var tiny = new TinyExperiment(EveryStepIsTold, lossScale: new LossScaleState());
        var steps = 0;
        using var poisoned = new PoisonedTask(tiny.Task, () => ++steps == 3);
        Assert.Equal(3, Assert.Throws<TrainingDivergedException>(() => tiny.Train(task: poisoned)).Step);
    }

    [Fact]
    public void A_checkpoint_without_a_scale_is_continued_with_a_fresh_one()
    {
        using var plain = new TinyExperiment();
        plain.Train();
        using var scaled = new TinyExperiment(lossScale: new LossScaleState { Scale = 8 });
        TrainingCheckpoint.Restore(TrainingCheckpoint.Of(plain.State), scaled.State, TorchSharp.torch.CPU);
        Assert.Equal(new LossScaleState(), scaled.State.Precision.LossScale!.Read());
        TrainingCheckpoint.Restore(TrainingCheckpoint.Of(scaled.State), plain.State, TorchSharp.torch.CPU);
        plain.State.ReadLossScale();
        Assert.Null(plain.State.Progress.LossScale);
    }

    private static ExperimentConfig EveryStepIsTold(ExperimentConfig config) => config with
    {
        Training = config.Training with { LogEvery = 1, MaximumSteps = 12, Optimizer = new AdamOptions { LearningRate = 0.01 } },
    };
}
