using RnnTrain.Cells;
using RnnTrain.Checkpoints;
using RnnTrain.Configuration;
using RnnTrain.Data;
using RnnTrain.Tests.Checkpoints;
using RnnTrain.Training;
using RnnTrain.Training.Averaging;
using RnnTrain.Training.Optimizers;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Training.Averaging;

public sealed class WeightAverageTests
{
    public static TheoryData<AverageOptions> Averages => [new ExponentialAverageOptions { Decay = 0.8 }, new PolyakAverageOptions { AfterSteps = 3 }];

    [Fact]
    public void Every_average_of_the_table_is_tested() => Assert.Equal(
        AverageTable.Averages.Entries.Select(entry => entry.OptionsType).ToHashSet(), Averages.Select(row => row.Data.GetType()).ToHashSet());

    /// <summary>An exponential average is Σ dⁿ⁻ⁱ wᵢ / Σ dⁿ⁻ⁱ, a Polyak average the plain mean.</summary>
    [Theory]
    [MemberData(nameof(Averages))]
    public void It_is_the_weighted_mean_of_the_weights_after_each_step(AverageOptions options)
    {
        var averaging = AverageTable.Averages.Create(options, default);
        NamedParameter weight = new("w", nn.Parameter(zeros(3)), ParameterRole.InputWeight);
        using var average = new WeightAverage(averaging, [weight]);
        var progress = new TrainingProgress();
        var seen = new List<double>();
        for (; progress.Step < 10; progress.Step++)
        {
            var value = Math.Sin(progress.Step + 1);
            using (no_grad()) weight.Parameter.fill_(value);
            average.Add(progress);
            if (progress.Step >= averaging.Start(progress)) seen.Add(value);
        }

        var factor = options is ExponentialAverageOptions exponential ? exponential.Decay : 1;
        var shares = seen.Select((_, i) => Math.Pow(factor, seen.Count - 1 - i)).ToList();
        var expected = seen.Zip(shares, (value, share) => value * share).Sum() / shares.Sum();
        Assert.True(average.HasBegun(progress));
        Assert.All(average.Tensors[0].Tensor.data<float>().ToArray(), value => Assert.Equal(expected, value, 1e-6));
    }

    /// <summary>`ax` of torch.optim.ASGD(lr=0.05, lambd=0, weight_decay=0.1, t0=3) after ten steps: scripts/golden/optimizers.py.</summary>
    [Fact]
    public void Averaged_descent_is_PyTorchs()
    {
        var weights = OptimizerTests.Weights();
        var options = new AsgdOptions { LearningRate = 0.05, WeightDecay = 0.1, AverageAfter = 4 };
        using var optimizer = OptimizerTable.Optimizers.Create(options, weights);
        using var average = new WeightAverage(AverageTable.Create(new TrainingOptions { Epochs = 1, Optimizer = options })!, weights);
        var progress = new TrainingProgress();
        for (; progress.Step < 10; progress.Step++)
        {
            OptimizerTests.Take(optimizer, weights, (int)progress.Step, (int)progress.Step + 1);
            average.Add(progress);
        }

        var actual = average.Tensors.SelectMany(named => named.Tensor.data<float>().ToArray()).ToArray();
        var expected = Golden.Read<Dictionary<string, float[]>>("optimizers.json")["asgd, averaged"];
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 2e-6f));
    }

    /// <summary>awd-lstm-lm, main.py: <c>len(best_val_loss) &gt; nonmono and val_loss &gt; min(best_val_loss[:-nonmono])</c>.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public void The_trigger_goes_off_where_a_loss_is_worse_than_the_best_of_all_but_the_latest(int patience)
    {
        var random = new Random(7);
        var fired = 0;
        for (var run = 0; run < 200; run++)
        {
            var trigger = new AverageTrigger();
            var before = new List<double>();
            for (var step = 1; step <= 25 && trigger.StartedAt is null; step++)
            {
                var loss = 1.0 / step + 0.3 * random.NextDouble();
                var goesOff = before.Count > patience && loss > before.Take(before.Count - patience).Min();
                trigger = trigger.After(loss, step, patience);
                Assert.Equal(goesOff ? step : null, trigger.StartedAt);
                before.Add(loss);
                fired += goesOff ? 1 : 0;
            }
        }

        Assert.InRange(fired, 100, 200);
    }

    [Theory]
    [InlineData(Precision.Fp32)]
    [InlineData(Precision.Bf16)]
    public void Evaluation_and_the_saved_model_are_of_the_average_and_training_goes_on_with_the_raw_weights(Precision precision)
    {
        ExperimentConfig With(ExperimentConfig config, AverageOptions? average) => config with
        {
            Precision = precision,
            Training = config.Training with { Average = average, MaximumSteps = 20 },
            Evaluation = new EvaluationOptions { Every = new Interval(10) },
        };
        using var plain = new TinyExperiment(config => With(config, null));
        using var averaged = new TinyExperiment(config => With(config, new ExponentialAverageOptions { Decay = 0.9 }));
        using var folder = new TemporaryFolder();
        var store = new CheckpointStore(folder.Path, keep: 5);
        var (without, with) = (plain.Train(), averaged.Train(also: happened => { if (happened is CheckpointDue due) store.Save(TrainingCheckpoint.Of(due.State)); }));

        Assert.Equal(without.OfType<StepDone>().Select(step => step.MeanLoss), with.OfType<StepDone>().Select(step => step.MeanLoss));
        var told = with.OfType<ValidationDone>().Last();
        Assert.True(told.IsOfAverage);
        Assert.NotEqual(without.OfType<ValidationDone>().Last().Loss, told.Loss);
        using var saved = store.Load("last");
        Assert.Equal(saved.Model.Select(named => "raw." + named.Name), saved.Optimizer.Select(named => named.Name).Where(name => name.StartsWith("raw.", StringComparison.Ordinal)));

        // another process that knows nothing of averages computes the same loss from model.safetensors
        plain.State.Precision.Parameters.Zip(saved.Model).ToList().ForEach(pair => { using (no_grad()) pair.First.Parameter.copy_(pair.Second.Tensor); });
        plain.State.Precision.UpdateModel();
        Assert.Equal(told.Loss, Evaluator.Run(plain.Task, Split.Validation, default)![0].Value);
    }

    [Fact]
    public void Before_averaging_begins_everything_is_as_without_it()
    {
        using var tiny = new TinyExperiment(config => config with
        {
            Training = config.Training with { Average = new PolyakAverageOptions { AfterSteps = 1000 }, MaximumSteps = 8 },
        });
        Assert.All(tiny.Train().OfType<ValidationDone>(), validation => Assert.False(validation.IsOfAverage));
        Assert.DoesNotContain(TrainingCheckpoint.Of(tiny.State).Optimizer, named => named.Name.StartsWith("raw.", StringComparison.Ordinal));
    }
}
