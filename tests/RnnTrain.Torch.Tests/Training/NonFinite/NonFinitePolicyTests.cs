using RnnTrain.Checkpoints;
using RnnTrain.Configuration;
using RnnTrain.Data;
using RnnTrain.Tests.Checkpoints;
using RnnTrain.Training;
using RnnTrain.Training.NonFinite;
using RnnTrain.Training.Precisions;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Training.NonFinite;

/// <summary>What training does with steps that are no numbers, whether losses are read at once or late.</summary>
public sealed class NonFinitePolicyTests
{
    [Fact]
    public void There_are_three_policies() =>
        Assert.Equal(["stop", "skip", "back"], NonFiniteTable.Policies.Entries.Select(entry => entry.Name));

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void A_skipped_step_changes_nothing_and_is_counted(bool defers, bool keepsLoss)
    {
        using var tiny = Tiny(new SkipOptions(), defers);
        var weights = new Dictionary<long, byte[]>();
        var told = tiny.Train(
            also: happened => { if (happened is StepDone step && !defers) weights[step.Step] = tiny.Weights(); },
            task: new PoisonedTask(tiny.Task, () => tiny.State.Progress.Step is 3 or 9, keepsLoss));

        Assert.Equal([4, 10], told.OfType<StepSkipped>().Select(skipped => skipped.Step));
        Assert.Equal(2, tiny.State.Progress.SkippedSteps);
        Assert.Equal(2, Last(told, "skipped_steps"));
        Assert.All(told.OfType<MetricsMeasured>().SelectMany(measured => measured.Values), value => Assert.True(double.IsFinite(value.Value), value.Name));
        if (defers) return;
        Assert.Equal(weights[3], weights[4]);
        Assert.NotEqual(weights[4], weights[5]);
    }

    [Fact]
    public void Skipping_is_the_same_wherever_losses_are_read()
    {
        List<double> Losses(bool defers)
        {
            using var tiny = Tiny(new SkipOptions(), defers);
            var told = tiny.Train(task: new PoisonedTask(tiny.Task, () => tiny.State.Progress.Step is 3 or 9));
            return [.. told.OfType<StepDone>().Select(step => step.MeanLoss)];
        }

        Assert.All(Losses(false).Zip(Losses(true)), pair => Assert.Equal(pair.First, pair.Second, 1e-3));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_recurrent_state_that_is_no_number_is_not_carried_on(bool defers)
    {
        using var tiny = Tiny(new SkipOptions(), defers);
        var first = true;
        tiny.Train(also: happened =>
        {
            if (happened is not StepDone { Step: 7 } || !first) return;
            first = false;
            using var frozen = no_grad();
            foreach (var (_, tensor) in tiny.State.Carried!.NamedTensors()) tensor.fill_(float.PositiveInfinity).sub_(float.PositiveInfinity);
        });
        Assert.True(tiny.State.Progress.Step > 10);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void One_skip_too_many_stops(bool defers)
    {
        using var tiny = Tiny(new SkipOptions { Limit = 2 }, defers);
        var diverged = Assert.Throws<TrainingDivergedException>(
            () => tiny.Train(task: new PoisonedTask(tiny.Task, () => tiny.State.Progress.Step >= 5)));
        Assert.Equal(8, diverged.Step);
        Assert.Contains("training.on_non_finite.limit", diverged.Message, StringComparison.Ordinal);
    }

    /// <summary>Gradients that overflow are the loss scale's matter; a loss that is no number is the policy's.</summary>
    [Fact]
    public void With_a_scaled_loss_only_losses_count()
    {
        using var tiny = new TinyExperiment(
            config => config with { Training = config.Training with { OnNonFinite = new SkipOptions(), MaximumSteps = 12 } },
            new LossScaleState { Scale = Math.Pow(2, 127) })
        { DefersReading = true };
        var told = tiny.Train(task: new PoisonedTask(tiny.Task, () => tiny.State.Progress.Step == 6));
        Assert.Equal([7], told.OfType<StepSkipped>().Select(skipped => skipped.Step));
        Assert.True(tiny.State.Progress.LossScale!.SkippedSteps > 1);
        Assert.Equal(tiny.State.Progress.LossScale.SkippedSteps, Last(told, "skipped_steps"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Going_back_lowers_the_learning_rate_and_survives_a_kill(bool defers)
    {
        var (rows, weights) = GoBackAndOn(defers, killAt: null, out var rates);
        Assert.Equal(0.01, rates[0]); // step 12 diverged, and was taken again
        Assert.Equal(0.005, rates[^1]);
        Assert.Contains(rows, row => row.EndsWith(",rollbacks,1", StringComparison.Ordinal));
        foreach (var killAt in new long[] { 9, 11, 13 })
        {
            var (killedRows, killedWeights) = GoBackAndOn(defers, killAt, out _);
            Assert.Equal(weights, killedWeights);
            Assert.Equal(rows, killedRows);
        }
    }

    [Fact]
    public void A_run_that_diverges_before_its_first_checkpoint_goes_back_to_the_beginning()
    {
        using var tiny = Tiny(new BackOptions(), defers: false);
        using var folder = new TemporaryFolder();
        var store = new CheckpointStore(folder.Path, keep: 3);
        Train(tiny, store, new PoisonedTask(tiny.Task, () => tiny.State.Progress is { Step: 2, Rollbacks: < 2 }), [], null);
        Assert.Equal(2, tiny.State.Progress.Rollbacks);
        Assert.Equal(0.25, tiny.State.Progress.RateFactor);
    }

    [Fact]
    public void One_time_back_too_many_stops()
    {
        using var tiny = Tiny(new BackOptions { Limit = 2 }, defers: false);
        using var folder = new TemporaryFolder();
        var store = new CheckpointStore(folder.Path, keep: 3);
        Assert.Throws<TrainingDivergedException>(
            () => Train(tiny, store, new PoisonedTask(tiny.Task, () => tiny.State.Progress.Step == 7), [], null));
        Assert.Equal(2, tiny.State.Progress.Rollbacks);
        Assert.Equal(5, store.Newest);
    }

    private static TinyExperiment Tiny(NonFiniteOptions policy, bool defers) => new(config => config with
    {
        Training = config.Training with { OnNonFinite = policy, MaximumSteps = 20, LogEvery = 3 },
        Checkpoints = new CheckpointOptions { Every = new Interval(5) },
    })
    { DefersReading = defers };

    /// <summary>Trains with checkpoints, going back where the policy says so, and forgetting metrics of steps that were undone.</summary>
    private static void Train(TinyExperiment tiny, CheckpointStore store, PoisonedTask task, List<MetricsMeasured> metrics, long? killAt)
    {
        var rollback = new Rollback(NonFiniteTable.Create(tiny.Config.Training.OnNonFinite), store, CPU);
        while (true)
        {
            metrics.RemoveAll(measured => measured.Step > tiny.State.Progress.Step);
            try
            {
                tiny.Train(
                    also: happened =>
                    {
                        if (happened is MetricsMeasured measured) metrics.Add(measured);
                        if (happened is CheckpointDue due) store.Save(TrainingCheckpoint.Of(due.State));
                        if (happened is StepDone step && step.Step == killAt) throw new OperationCanceledException();
                    },
                    task: task);
                return;
            }
            catch (TrainingDivergedException)
            {
                if (!rollback.Undo(tiny.State)) throw;
            }
        }
    }

    private static (List<string> Rows, byte[] Weights) GoBackAndOn(bool defers, long? killAt, out List<double> rates)
    {
        using var tiny = Tiny(new BackOptions(), defers);
        using var folder = new TemporaryFolder();
        var store = new CheckpointStore(folder.Path, keep: 3);
        List<MetricsMeasured> metrics = [];
        PoisonedTask Poisoned() => new(tiny.Task, () => tiny.State.Progress is { Step: 11, Rollbacks: 0 });
        try
        {
            Train(tiny, store, Poisoned(), metrics, killAt);
        }
        catch (OperationCanceledException)
        {
            using (tiny.State)
            using (tiny.Task) tiny.BuildAnew();
            using (var saved = store.Load("last")) TrainingCheckpoint.Restore(saved, tiny.State, CPU);
            Train(tiny, store, Poisoned(), metrics, killAt: null);
        }

        rates = [.. metrics.Where(measured => measured.Split == Split.Train).SelectMany(measured => measured.Values)
            .Where(value => value.Name == "learning_rate").Select(value => value.Value)];
        List<string> rows =
        [
            .. metrics.SelectMany(measured => measured.Values.Where(value => value.Name is not ("tokens_per_second" or "data_wait"))
                .Select(value => FormattableString.Invariant($"{measured.Step},{measured.Split},{value.Name},{value.Value:R}"))),
        ];
        return (rows, tiny.Weights());
    }

    private static double Last(IReadOnlyList<TrainingEvent> told, string metric) =>
        told.OfType<MetricsMeasured>().Last(measured => measured.Split == Split.Train).Values.Single(value => value.Name == metric).Value;
}
