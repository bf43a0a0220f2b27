using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Data;
using RnnTrain.Data.Batching;
using RnnTrain.Models;
using RnnTrain.Models.Attentions;
using RnnTrain.Schedules;
using RnnTrain.Tasks;
using RnnTrain.Tests.Models.Outputs;
using RnnTrain.Training;
using RnnTrain.Training.NonFinite;
using RnnTrain.Training.Optimizers;
using RnnTrain.Training.Precisions;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Training;

public sealed class TrainerTests
{
    public static TheoryData<string, string> CellsAndOptimizers
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var cell in CellTable.Cells.Made)
            {
                foreach (var optimizer in OptimizerTable.Optimizers) data.Add(cell.Name, optimizer.Name);
            }
            return data;
        }
    }

    public static TheoryData<string> Cells => [.. CellTable.Cells.Made.Select(cell => cell.Name)];

    [Fact]
    public void The_theory_below_visits_every_cell_with_every_optimizer() =>
        Assert.Equal(CellTable.Cells.Made.Count() * OptimizerTable.Optimizers.Entries.Count, CellsAndOptimizers.Count);

    [Theory]
    [MemberData(nameof(CellsAndOptimizers))]
    public void A_run_stopped_at_any_step_and_continued_ends_with_the_same_bits(string cell, string optimizer) =>
        RunStopsAndGoesOn(cell, optimizer, defersReading: false);

    [Theory]
    [InlineData("sgd")]
    [InlineData("adam")]
    [InlineData("adamw")]
    public void So_it_does_where_losses_are_read_late(string optimizer) => RunStopsAndGoesOn("lstm", optimizer, defersReading: true);

    [Theory]
    [MemberData(nameof(EveryOutput.Names), MemberType = typeof(EveryOutput))]
    public void So_it_does_with_every_output_layer(string output) =>
        RunStopsAndGoesOn("lstm", "sgd", defersReading: false, output: EveryOutput.Variants[output]);

    public static TheoryData<string> TrainingVariants => [.. EveryTraining.Variants.Keys];

    [Theory]
    [MemberData(nameof(TrainingVariants))]
    public void So_it_does_however_it_is_trained(string variant) => RunStopsAndGoesOn(
        "gru", "adam", defersReading: false, training: EveryTraining.Variants[variant], isBad: step => step is 4 or 13);

    [Theory]
    [MemberData(nameof(TrainingVariants))]
    public void So_it_does_however_it_is_trained_where_losses_are_read_late(string variant) => RunStopsAndGoesOn(
        "gru", "adam", defersReading: true, training: EveryTraining.Variants[variant], isBad: step => step is 4 or 13);

    [Theory]
    [MemberData(nameof(Cells))]
    public void So_it_does_in_bf16(string cell) => RunStopsAndGoesOn(cell, "adam", defersReading: false, Precision.Bf16);

    /// <summary>The first step overflows and is skipped.</summary>
    [Fact]
    public void So_it_does_with_a_scaled_loss() =>
        RunStopsAndGoesOn("lstm", "adam", defersReading: true, lossScale: new LossScaleState { Scale = Math.Pow(2, 127) });

    [Theory]
    [MemberData(nameof(TinyExamples.Tasks), MemberType = typeof(TinyExamples))]
    public void So_it_does_on_separate_examples(string task) =>
        RunStopsAndGoesOn("gru", "adam", defersReading: false, change: config => TinyExamples.Change(config, task));

    /// <summary>Symbols are drawn from what the model tells, in steps that read what attention found before.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void So_it_does_where_a_decoder_reads_what_it_would_have_written(bool feeds) =>
        RunStopsAndGoesOn("lstm", "adam", defersReading: false, change: config => TinyExamples.Change(config, "sequence_to_sequence") with
        {
            Model = config.Model with
            {
                Layers = 1,
                Dropout = new DropoutOptions { Embedding = 0.1, Output = 0.1, Locked = true, Words = 0.1, RecurrentWeights = 0.3 },
                Decoder = new DecoderOptions { Attention = new AdditiveAttentionOptions(), InputFeeding = feeds, Layers = 2 },
            },
            Training = config.Training with { LabelSmoothing = 0.1, ScheduledSampling = new ScheduledSamplingOptions { Share = 0.5 } },
        });

    /// <summary>Every regulariser at once, on windows of random length.</summary>
    [Theory]
    [InlineData(LayerPath.Auto, null, false)]
    [InlineData(LayerPath.Auto, null, true)]
    [InlineData(LayerPath.Unrolled, 0.1, false)]
    public void So_it_does_with_every_regularizer(LayerPath path, double? zoneout, bool defersReading) =>
        RunStopsAndGoesOn("lstm", "adam", defersReading, change: config => config with
        {
            Data = config.Data with { Batching = new StreamOptions { BatchSize = 4, Steps = 10, RandomSteps = new RandomStepsOptions { Deviation = 2 } } },
            Model = config.Model with
            {
                Path = path,
                LearnedInitialState = true,
                Zoneout = zoneout is { } share ? new ZoneoutOptions { Hidden = share, Memory = share } : null,
                Dropout = new DropoutOptions { Embedding = 0.1, BetweenLayers = 0.2, Output = 0.1, Locked = true, Words = 0.1, RecurrentWeights = 0.3 },
            },
            Training = config.Training with
            {
                WeightNoise = 0.02,
                ActivationRegularization = 2,
                TemporalActivationRegularization = 1,
                LabelSmoothing = 0.1,
                Penalty = new PenaltyOptions { L1 = 1e-4, L2 = 1e-3, Decoupled = defersReading },
            },
        });

    private static void RunStopsAndGoesOn(
        string cell, string optimizer, bool defersReading, Precision precision = Precision.Fp32, LossScaleState? lossScale = null,
        OutputOptions? output = null, Func<ExperimentConfig, ExperimentConfig>? change = null,
        Func<TrainingOptions, TrainingOptions>? training = null, Func<long, bool>? isBad = null)
    {
        ExperimentConfig With(ExperimentConfig config, string cell, string optimizer, Precision precision)
        {
            var changed = change?.Invoke(config) ?? config;
            var plain = changed.Training with { Optimizer = NewOptimizer(optimizer), Schedule = new PlateauOptions { Patience = 0 } };
            return changed with
            {
                Precision = precision,
                Model = changed.Model with { Cell = (CellOptions)New(CellTable.Cells, cell), Output = output },
                Training = training is null ? plain : training(plain),
                Evaluation = new EvaluationOptions { Every = new Interval(5) },
            };
        }

        // steps that are no numbers, where that is survived
        ITask? Poisoned(TinyExperiment tiny) => tiny.Config.Training.OnNonFinite is SkipOptions && isBad is not null
            ? new PoisonedTask(tiny.Task, () => isBad(tiny.State.Progress.Step))
            : null;

        using var whole = new TinyExperiment(config => With(config, cell, optimizer, precision), lossScale) { DefersReading = defersReading };
        var rows = Rows(whole.Train(task: Poisoned(whole)));

        using var parts = new TinyExperiment(config => With(config, cell, optimizer, precision), lossScale) { DefersReading = defersReading };
        var stops = new Queue<long>([3, 10, whole.Task.BatchesIn(1), whole.Task.BatchesIn(1) + 4]);
        var partRows = new List<string>();
        while (parts.State.Progress.Step < whole.State.Progress.Step)
        {
            using var stop = new CancellationTokenSource();
            var until = stops.Count > 0 ? stops.Dequeue() : long.MaxValue;
            partRows.AddRange(Rows(parts.Train(stop.Token, happened => { if (happened is StepDone step && step.Step >= until) stop.Cancel(); }, task: Poisoned(parts))));
            parts.Reload();
        }

        Assert.Equal(whole.Weights(), parts.Weights());
        Assert.Equal(rows, partRows);
    }

    [Fact]
    public void Training_learns_the_text_by_heart()
    {
        using var tiny = new TinyExperiment(config => config with
        {
            Data = config.Data with { Batching = new StreamOptions { BatchSize = 4, Steps = 20 } },
            Model = config.Model with { HiddenSize = 48, EmbeddingSize = 16, Layers = 1, Dropout = new DropoutOptions() },
            Training = config.Training with { Epochs = 6, Optimizer = new AdamOptions { LearningRate = 0.02 } },
        });
        var events = tiny.Train();
        var (first, last) = (events.OfType<StepDone>().First().MeanLoss, events.OfType<ValidationDone>().Last().Loss);
        Assert.True(first > 2.5, $"the first loss was {first}: better than guessing");
        Assert.True(last < 0.2, $"the last loss was {last}");
    }

    [Fact]
    public void Every_evaluated_token_counts_once_whatever_the_lanes()
    {
        double LossWith(int lanes, int steps)
        {
            using var tiny = new TinyExperiment(config => config with
            {
                Data = config.Data with { Batching = new StreamOptions { BatchSize = 4, Steps = steps } },
                Evaluation = config.Evaluation with { BatchSize = lanes },
            });
            var scored = Enumerable.Range(0, tiny.Task.EvaluationBatches(Split.Validation))
                .Sum(index => tiny.Task.MakeEvaluationBatch(Split.Validation, index).TargetCount);
            Assert.Equal(tiny.Corpus.Validation!.Ids.Length - 1, scored);
            return Evaluator.Run(tiny.Task, Split.Validation, default)![0].Value;
        }

        Assert.Equal(LossWith(1, 7), LossWith(1, 50), 5); // the state is carried from window to window
        Assert.Equal(LossWith(1, 7), LossWith(3, 7), 0.1); // other lanes lose the context at their beginnings, nothing else
    }

    [Fact]
    public void No_tensor_is_left_behind_by_steps_evaluations_and_checkpoints()
    {
        using var tiny = new TinyExperiment(config => config with { Training = config.Training with { Epochs = 6 } });
        var live = new List<long>();
        tiny.Train(also: happened =>
        {
            if (happened is CheckpointDue) live.Add(DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
        });
        Assert.True(live.Count >= 5);
        Assert.Single(live.Skip(1).Distinct());
    }

    [Fact]
    public void A_step_allocates_little_managed_memory()
    {
        using var tiny = new TinyExperiment(config => config with { Training = config.Training with { Epochs = 8, LogEvery = 1000 } });
        var (first, last) = (3 * tiny.Task.BatchesIn(1) + 1, 4 * tiny.Task.BatchesIn(1) - 1); // within a pass: no evaluation, no checkpoint
        long before = 0, after = 0;
        tiny.Train(also: happened =>
        {
            if (happened is StepDone { Step: var step } && step == first) before = GC.GetTotalAllocatedBytes(precise: true);
            if (happened is StepDone { Step: var end } && end == last) after = GC.GetTotalAllocatedBytes(precise: true);
        });
        var bytes = (after - before) / (last - first);
        Assert.InRange(bytes, 1, 60_000); // objects that stand for tensors; 27,000 when this was written
    }

    [Fact]
    public void A_loss_that_is_not_finite_stops_before_the_weights_change()
    {
        using var tiny = new TinyExperiment();
        using (no_grad()) tiny.Task.Model.NamedParameters()[0].Parameter.fill_(float.NaN);
        var saved = 0;
        var diverged = Assert.Throws<TrainingDivergedException>(() => tiny.Train(also: happened => saved += happened is CheckpointDue ? 1 : 0));
        Assert.Equal(1, diverged.Step);
        Assert.Contains("NaN", diverged.Message, StringComparison.Ordinal);
        Assert.Equal(0, saved);
        Assert.Equal(0, tiny.State.Progress.Step);
    }

    [Fact]
    public void A_validation_loss_that_is_not_finite_stops_before_anything_is_saved()
    {
        using var tiny = new TinyExperiment(config => config with { Evaluation = new EvaluationOptions { Every = new Interval(3) } });
        var saved = 0;
        var diverged = Assert.Throws<TrainingDivergedException>(() => tiny.Train(also: happened =>
        {
            saved += happened is CheckpointDue ? 1 : 0;
            if (happened is not StepDone { Step: 3 }) return;
            using var frozen = no_grad();
            tiny.Task.Model.NamedParameters()[0].Parameter.fill_(float.NaN);
        }));
        Assert.Equal(3, diverged.Step);
        Assert.Contains("validation", diverged.Message, StringComparison.Ordinal);
        Assert.Equal(0, saved);
    }

    [Fact]
    public void Weights_that_an_update_made_infinite_are_not_saved()
    {
        using var tiny = new TinyExperiment(config => config with { Checkpoints = new CheckpointOptions { Every = new Interval(4) } });
        var saved = new List<long>();
        var diverged = Assert.Throws<TrainingDivergedException>(() => tiny.Train(also: happened =>
        {
            if (happened is CheckpointDue due) saved.Add(due.State.Progress.Step);
            if (happened is not StepDone { Step: 8 }) return;
            using var frozen = no_grad();
            tiny.Task.Model.NamedParameters()[2].Parameter.view(-1)[5] = float.PositiveInfinity;
        }));
        Assert.Equal(8, diverged.Step);
        Assert.Contains(tiny.Task.Model.NamedParameters()[2].Name, diverged.Message, StringComparison.Ordinal);
        Assert.Equal([4], saved);
    }

    [Fact]
    public void Every_best_evaluation_is_saved_whenever_checkpoints_are_written()
    {
        using var tiny = new TinyExperiment(config => config with
        {
            Evaluation = new EvaluationOptions { Every = new Interval(5) },
            Checkpoints = new CheckpointOptions { Every = new Interval(1000) },
        });
        var (saved, best) = (new List<long>(), new List<long>());
        tiny.Train(also: happened =>
        {
            if (happened is CheckpointDue due) saved.Add(due.State.Progress.Step);
            if (happened is ValidationDone { IsBest: true } validation) best.Add(validation.Step);
        });
        Assert.True(best.Count > 3, $"only {best.Count} evaluations were the best so far");
        Assert.Subset(saved.ToHashSet(), best.ToHashSet());
    }

    [Fact]
    public void The_best_evaluation_is_that_of_the_metric_asked_for()
    {
        using var tiny = new TinyExperiment(config => config with
        {
            Evaluation = new EvaluationOptions { Every = new Interval(3), Metric = "accuracy" },
        });
        var (best, evaluations) = (0.0, 0);
        tiny.Train(also: happened =>
        {
            if (happened is not ValidationDone validation) return;
            var accuracy = validation.Values.Single(value => value.Name == "accuracy").Value;
            Assert.Equal(accuracy > best, validation.IsBest);
            if (validation.IsBest) best = accuracy;
            evaluations++;
            Assert.Equal(-best, tiny.State.Progress.BestCriterion);
        });
        Assert.True(evaluations > 10, $"only {evaluations} evaluations");
    }

    [Fact]
    public void A_metric_that_the_task_does_not_measure_is_refused_before_the_first_step()
    {
        using var tiny = new TinyExperiment(config => config with { Evaluation = new EvaluationOptions { Metric = "f1" } });
        var mistake = Assert.Throws<UserMistakeException>(() => tiny.Train());
        Assert.Equal("evaluation.metric: this task does not measure f1; it measures loss, perplexity, bits_per_token, accuracy", Assert.Single(mistake.Lines));
        Assert.Equal(0, tiny.State.Progress.Step);
    }

    [Fact]
    public void Early_stopping_waits_for_as_many_evaluations_as_it_was_told()
    {
        using var tiny = new TinyExperiment(config => config with
        {
            Training = config.Training with
            {
                Epochs = 50,
                Optimizer = new SgdOptions { LearningRate = 1e-12 },
                EarlyStopping = new EarlyStoppingOptions { Patience = 3, MinimumImprovement = 0.01 },
            },
        });
        var events = tiny.Train();
        Assert.Equal(4, events.OfType<ValidationDone>().Count()); // the first one always improves
        Assert.Equal(StopReason.EarlyStopping, events.OfType<TrainingStopped>().Single().Reason);
        Assert.IsType<CheckpointDue>(events[^2]);
    }

    [Fact]
    public void A_clipped_step_is_as_long_as_the_limit_says()
    {
        static double Moved(double? clip)
        {
            using var tiny = new TinyExperiment(config => config with
            {
                Training = config.Training with { Optimizer = new SgdOptions { LearningRate = 1 }, ClipNorm = clip, MaximumSteps = 1 },
            });
            using var scope = NewDisposeScope();
            var before = tiny.Task.Model.NamedParameters().Select(named => named.Parameter.detach().clone()).ToList();
            var norm = tiny.Train().OfType<StepDone>().Single().GradientNorm;
            var moved = tiny.Task.Model.NamedParameters().Select((named, i) => (named.Parameter.detach() - before[i]).norm()).ToList();
            var distance = stack(moved).norm().item<float>();
            Assert.Equal(clip is null ? norm : Math.Min(norm, clip.Value), distance, 4);
            return distance;
        }

        Assert.True(Moved(0.05) < Moved(null));
    }

    [Fact]
    public void The_sum_over_time_is_the_mean_times_the_steps()
    {
        using var mean = new TinyExperiment();
        using var sum = new TinyExperiment(config => config with { Training = config.Training with { LossReduction = LossReduction.SumOverTime } });
        using var scope = NewDisposeScope();
        mean.Task.Model.eval();
        sum.Task.Model.eval();
        var one = mean.Task.Step(mean.Task.MakeBatch(1, 0), null);
        var other = sum.Task.Step(sum.Task.MakeBatch(1, 0), null);
        Assert.Equal(one.MeanLoss.item<float>(), other.MeanLoss.item<float>(), 5);
        Assert.Equal(one.Objective.item<float>() * 10, other.Objective.item<float>(), 4);
    }

    [Fact]
    public void Two_half_batches_have_together_the_gradient_of_the_whole()
    {
        using var tiny = new TinyExperiment(config => config with { Model = config.Model with { Dropout = new DropoutOptions() } });
        using var scope = NewDisposeScope();
        var batch = (TokenBatch)tiny.Task.MakeBatch(1, 0); // 4 lanes
        var model = (LanguageModel)tiny.Task.Model;
        Tensor Loss(int firstLane, int lanes)
        {
            var rows = Enumerable.Range(0, batch.Steps).SelectMany(time => Enumerable.Range(firstLane, lanes).Select(lane => time * batch.BatchSize + lane)).ToArray();
            var inputs = tensor(rows.Select(row => batch.Inputs[row]).ToArray(), [batch.Steps, lanes]); // [time, batch]
            var targets = tensor(rows.Select(row => batch.Targets[row]).ToArray()); // [time · batch]
            return nn.functional.cross_entropy(model.Forward(inputs, model.NewState(lanes)).Logits, targets);
        }

        ((Loss(0, 2) + Loss(2, 2)) / 2).backward();
        var halves = model.NamedParameters().Select(named => named.Parameter.grad!.data<float>().ToArray()).ToList();
        model.zero_grad();
        tiny.Task.Step(batch, null).Objective.backward();
        foreach (var (named, expected) in model.NamedParameters().Zip(halves))
        {
            Assert.All(named.Parameter.grad!.data<float>().ToArray().Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-6f));
        }
    }

    [Theory]
    [InlineData(2, LossReduction.Mean, Precision.Fp32)]
    [InlineData(4, LossReduction.Mean, Precision.Fp32)]
    [InlineData(2, LossReduction.SumOverTime, Precision.Fp32)]
    [InlineData(2, LossReduction.Mean, Precision.Bf16)]
    public void A_batch_in_parts_is_the_whole_batch(int parts, LossReduction reduction, Precision precision)
    {
        ExperimentConfig With(ExperimentConfig config, int accumulate) => config with
        {
            Precision = precision,
            Model = config.Model with { Dropout = new DropoutOptions() },
            Training = config.Training with { Accumulate = accumulate, LossReduction = reduction, ClipNorm = 0.1, MaximumSteps = 12 },
        };
        using var whole = new TinyExperiment(config => With(config, 1));
        using var cut = new TinyExperiment(config => With(config, parts));
        var (expected, actual) = (whole.Train().OfType<StepDone>().ToList(), cut.Train().OfType<StepDone>().ToList());
        Assert.Equal(12, actual.Count);
        var tolerance = precision == Precision.Fp32 ? 1e-4 : 0.02;
        Assert.All(expected.Zip(actual), pair =>
        {
            Assert.Equal(pair.First.MeanLoss, pair.Second.MeanLoss, tolerance);
            Assert.Equal(pair.First.GradientNorm, pair.Second.GradientNorm, tolerance * Math.Max(1, pair.First.GradientNorm));
        });
        using var scope = NewDisposeScope();
        foreach (var (one, other) in whole.State.Precision.Parameters.Zip(cut.State.Precision.Parameters))
        {
            Numbers.AreClose(one.Parameter.detach(), other.Parameter.detach(), precision == Precision.Fp32 ? 2e-3 : 0.1, one.Name);
        }
        Assert.Equal(whole.State.Carried!.Batch, cut.State.Carried!.Batch);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Clipping_by_value_bounds_each_number_and_the_norm_is_told_before_and_after(bool defers)
    {
        const double Limit = 0.001;
        using var tiny = new TinyExperiment(config => config with
        {
            Training = config.Training with { Optimizer = new SgdOptions { LearningRate = 1 }, ClipNorm = null, ClipValue = Limit, MaximumSteps = 1 },
        })
        { DefersReading = defers };
        using var scope = NewDisposeScope();
        var before = tiny.Task.Model.NamedParameters().Select(named => named.Parameter.detach().clone()).ToList();
        var step = tiny.Train().OfType<StepDone>().Single();
        var moved = cat(tiny.Task.Model.NamedParameters().Select((named, i) => (named.Parameter.detach() - before[i]).flatten()).ToList());
        Assert.Equal(Limit, moved.abs().max().item<float>(), 1e-6);
        Assert.Equal(moved.norm().item<float>(), step.ClippedNorm, 1e-4);
        Assert.True(step.GradientNorm > 2 * step.ClippedNorm, $"{step.GradientNorm} and {step.ClippedNorm}");
    }

    [Fact]
    public void Metrics_are_written_as_often_as_asked_and_at_the_end_of_each_pass()
    {
        using var tiny = new TinyExperiment();
        var steps = tiny.Train().OfType<MetricsMeasured>().Where(measured => measured.Split == Split.Train).Select(measured => measured.Step).ToList();
        var perPass = tiny.Task.BatchesIn(1);
        Assert.Equal(7, steps[0]);
        Assert.Contains(perPass, steps);
        Assert.Equal(2 * perPass, steps[^1]);
    }

    private static object New(IRegistry registry, string name) =>
        Activator.CreateInstance(registry.Entries.Single(entry => entry.Name == name).OptionsType)!;

    private static OptimizerOptions NewOptimizer(string name)
    {
        var options = (OptimizerOptions)New(OptimizerTable.Optimizers, name);
        typeof(OptimizerOptions).GetProperty(nameof(OptimizerOptions.LearningRate))!.SetValue(options, 0.01);
        return options is SgdOptions sgd ? sgd with { Momentum = 0.9, Nesterov = true, WeightDecay = 0.001 } : options;
    }

    /// <summary>What metrics.csv would hold, but for the speed, which no two runs share.</summary>
    private static List<string> Rows(IEnumerable<TrainingEvent> events) =>
    [
        .. events.OfType<MetricsMeasured>().SelectMany(measured => measured.Values
            .Where(value => value.Name != "data_wait" && !value.Name.EndsWith("_per_second", StringComparison.Ordinal))
            .Select(value => FormattableString.Invariant($"{measured.Step},{measured.Epoch},{measured.Split},{value.Name},{value.Value:R}"))),
    ];
}
