using RnnTrain.Configuration;
using RnnTrain.Data;
using RnnTrain.Data.Batching;
using RnnTrain.Metrics;
using RnnTrain.Models;
using RnnTrain.Tasks;
using RnnTrain.Tasks.ClassWeighting;
using RnnTrain.Tensors;
using RnnTrain.Tests.Models.Pooling;
using RnnTrain.Tests.Training;
using RnnTrain.Training;
using RnnTrain.Training.Optimizers;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Tasks;

/// <summary>One class an example and sets of them: losses, weights, metrics, and that both are learned.</summary>
public sealed class ClassificationTests
{
    private static readonly double[] Weights = [0.5, 1, 3, 2];

    public static TheoryData<string, bool, bool, double> Variants => [.. from pooling in EveryPooling.Variants.Keys
                                                                        from areSets in new[] { false, true }
                                                                        from isWeighted in new[] { false, true }
                                                                        select (pooling, areSets, isWeighted, isWeighted ? 0.1 : 0)];

    [Theory]
    [InlineData(false, false, 0)]
    [InlineData(false, true, 0)]
    [InlineData(false, false, 0.2)]
    [InlineData(false, true, 0.2)]
    [InlineData(true, false, 0)]
    [InlineData(true, true, 0)]
    [InlineData(true, false, 0.2)]
    [InlineData(true, true, 0.2)]
    public void The_loss_is_its_formula(bool areSets, bool isWeighted, double smoothing)
    {
        using var scope = NewDisposeScope();
        using var task = Task(areSets, isWeighted, smoothing);
        task.Model.eval();
        var batch = (ExampleBatch)task.MakeBatch(1, 0);
        var (logits, examples) = (Logits(task, batch), Examples(batch));
        var step = task.Step(batch, null, lossScale: tensor(4f));
        Assert.Equal(4 * ByHand(logits, examples, areSets, isWeighted, smoothing), step.Objective.ToDouble(), 1e-5);
        Assert.Equal(ByHand(logits, examples, areSets, isWeighted, 0), step.MeanLoss.ToDouble(), 1e-5);
        var score = task.Score(Split.Train, batch, null);
        Assert.Equal(step.MeanLoss.ToDouble(), score.MeanLoss!.ToDouble(), 1e-5);
        Assert.Equal(step.MeanLoss.ToDouble(), task.Metrics(Numbers.Of(score.Sums))[0].Value, 1e-5);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Every_parameter_gets_a_gradient(string pooling, bool areSets, bool isWeighted, double smoothing)
    {
        using var scope = NewDisposeScope();
        using var task = Task(areSets, isWeighted, smoothing, pooling);
        task.Step(task.MakeBatch(1, 0), null).Objective.backward();
        foreach (var named in task.Model.NamedParameters()) Assert.True(named.Parameter.grad!.abs().sum().ToDouble() > 0, named.Name);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void One_batch_is_learned_by_heart(string pooling, bool areSets, bool isWeighted, double smoothing)
    {
        using var scope = NewDisposeScope();
        using var task = Task(areSets, isWeighted, smoothing, pooling);
        var batch = task.MakeBatch(1, 0);
        var parameters = task.Model.NamedParameters();
        using var optimizer = OptimizerTable.Optimizers.Create(new AdamOptions { LearningRate = 0.02 }, parameters);
        for (var step = 0; step < 150; step++)
        {
            using var inner = NewDisposeScope();
            foreach (var named in parameters) named.Parameter.grad = null;
            task.Step(batch, null).Objective.backward();
            optimizer.Step(0.02, 1);
        }

        task.Model.eval();
        var metrics = task.Metrics(Numbers.Of(task.Score(Split.Train, batch, null).Sums));
        Assert.True(metrics.Single(value => value.Name == "accuracy").Value >= 0.99, string.Join(", ", metrics));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Metrics_do_not_depend_on_how_examples_were_batched(bool areSets)
    {
        var (one, seven, all) = (ScoresWith(1), ScoresWith(7), ScoresWith(37));
        Assert.Contains(one.Values, value => value.Name == "roc_auc");
        foreach (var other in new[] { seven, all })
        {
            Assert.Equal(one.Values.Select(value => value.Name), other.Values.Select(value => value.Name));
            foreach (var (expected, found) in one.Values.Zip(other.Values)) Assert.Equal(expected.Value, found.Value, 1e-5);
            Assert.Equal(one.Tables[0].Rows.SelectMany(row => row.Values), other.Tables[0].Rows.SelectMany(row => row.Values));
        }

        SplitScores ScoresWith(int batchSize)
        {
            using var task = Task(areSets, isWeighted: true, evaluationBatch: batchSize);
            return Evaluator.Examine(task, Split.Validation, default)!;
        }
    }

    [Theory]
    [InlineData(false, 0.5)]
    [InlineData(true, 0.5)]
    [InlineData(true, 0.45)]
    public void Metrics_are_counted_as_one_counts_by_hand(bool areSets, double threshold)
    {
        using var scope = NewDisposeScope();
        using var task = Task(areSets, isWeighted: false, threshold: threshold, evaluationBatch: 37);
        task.Model.eval();
        var batch = (ExampleBatch)task.MakeEvaluationBatch(Split.Validation, 0);
        var (logits, examples) = (Logits(task, batch), Examples(batch));
        var pairs = new List<(bool Told, bool Wanted)>();
        var whole = 0;
        foreach (var (z, wanted) in logits.Zip(examples))
        {
            (bool Told, bool Wanted)[] of = [.. z.Select((logit, label) =>
                (areSets ? 1 / (1 + Math.Exp(-logit)) >= threshold : logit == z.Max(), wanted.Contains(label)))];
            pairs.AddRange(of);
            if (of.All(pair => pair.Told == pair.Wanted)) whole++;
        }

        var scores = Evaluator.Examine(task, Split.Validation, default)!;
        var right = pairs.Count(pair => pair.Told && pair.Wanted);
        Assert.Equal(whole / 37.0, Of(areSets ? "exact_match" : "accuracy"), 1e-12);
        if (areSets) Assert.Equal(pairs.Count(pair => pair.Told == pair.Wanted) / (4 * 37.0), Of("accuracy"), 1e-12);
        Assert.Equal(2.0 * right / (pairs.Count(pair => pair.Told) + pairs.Count(pair => pair.Wanted)), Of("micro_f1"), 1e-12);
        var classes = scores.Tables.Single(table => table.Name == "classes");
        Assert.Equal(DrawnExamples.Labels, classes.Rows.Select(row => row.Label));
        Assert.Equal(classes.Rows.Average(row => row.Values[2]), Of("macro_f1"), 1e-12);
        Assert.Equal(pairs.Count(pair => pair.Wanted), classes.Rows.Sum(row => row.Values[3]));
        if (!areSets) Assert.Equal(37, scores.Tables.Single(table => table.Name == "confusion").Rows.Sum(row => row.Values.Sum()));
        Assert.Equal(Evaluator.Run(task, Split.Validation, default)!, scores.Values.Take(areSets ? 5 : 4)); // in training, the same without what needs all rows

        double Of(string name) => scores.Values.Single(value => value.Name == name).Value;
    }

    [Fact]
    public void A_threshold_decides_how_many_classes_are_told()
    {
        double Told(double threshold)
        {
            using var task = Task(areSets: true, isWeighted: false, threshold: threshold);
            return Evaluator.Examine(task, Split.Validation, default)!.Tables.Single(table => table.Name == "classes").Rows.Count(row => row.Values[0] > 0);
        }

        Assert.Equal((4, 0), (Told(0.001), Told(0.999)));
    }

    [Fact]
    public void Balanced_weights_make_every_class_count_as_much()
    {
        var one = new TrainingClasses(["a", "b", "c"], [6, 3, 0], Examples: 9, AreSets: false);
        Assert.Equal([9f / 18, 9f / 9, 1], new BalancedWeights().Of(one));
        var sets = new TrainingClasses(["a", "b", "c"], [6, 3, 9], Examples: 9, AreSets: true);
        Assert.Equal([0.5f, 2, 1f / 9], new BalancedWeights().Of(sets)); // the last is never absent: it counts as if it were once
        Assert.Equal([60, 60], new[] { true, false }.Select(areSets => TrainingClasses.Of(DrawnExamples.Data(areSets)).Examples));
        Assert.Equal(60, TrainingClasses.Of(DrawnExamples.Data(areSets: false)).Counts.Sum());
    }

    [Fact]
    public void A_weight_of_a_class_that_does_not_exist_is_refused_with_those_that_do()
    {
        var given = new GivenWeights(new GivenWeightOptions { Weights = [new LabelWeight { Label = "cta", Weight = 2 }] });
        var mistake = Assert.Throws<UserMistakeException>(() => given.Of(TrainingClasses.Of(DrawnExamples.Data(areSets: false))));
        Assert.Contains("task.class_weights.weights[0].label: the training data has no class 'cta'; it has ant, bee, cat, dog", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_kind_of_weights_is_tested_here() =>
        Assert.Equal(["balanced", "given"], ClassWeightTable.ClassWeights.Entries.Select(entry => entry.Name));

    private static ITask Task(
        bool areSets, bool isWeighted, double smoothing = 0, string pooling = "mean", double? threshold = null, int evaluationBatch = 10)
    {
        var config = TinyExamples.Change(TinyExperiment.Default, "sequence_classification") with
        {
            Task = new SequenceClassificationOptions
            {
                Threshold = threshold,
                ClassWeights = !isWeighted ? null : new GivenWeightOptions
                {
                    Weights = [.. DrawnExamples.Labels.Zip(Weights).Select(pair => new LabelWeight { Label = pair.First, Weight = pair.Second })],
                },
            },
            Evaluation = new EvaluationOptions { BatchSize = evaluationBatch },
        };
        config = config with
        {
            Model = config.Model with { Layers = 1, HiddenSize = 16, Dropout = new DropoutOptions(), Pooling = EveryPooling.Variants[pooling], Bidirectional = true },
            Training = config.Training with { LabelSmoothing = smoothing },
            Data = config.Data with { Batching = new ExampleOptions { BatchSize = 20 } },
        };
        return (ITask)TaskTable.Tasks.Create(config.Task, new TaskArguments(config, DrawnExamples.Data(areSets), CPU));
    }

    private static double[][] Logits(ITask task, ExampleBatch batch)
    {
        var network = (SequenceNetwork)task.Model;
        var input = tensor(batch.Tokens, [batch.Steps, batch.BatchSize]); // [time, batch]
        var logits = network.Tell(network.Read(input, new Lengths(batch.Lengths, batch.Steps, CPU))); // [batch, classes]
        return [.. Enumerable.Range(0, batch.BatchSize).Select(example => Numbers.Of(logits[example]))];
    }

    /// <summary>The classes of each example of a batch.</summary>
    private static int[][] Examples(ExampleBatch batch) => batch.Shape.Targets == TargetKind.ClassAtEnd
        ? [.. batch.Classes.Select(label => new[] { (int)label })]
        : [.. batch.Classes.Chunk(batch.Shape.Outputs).Select(row => row.Select((isOf, label) => (isOf, label)).Where(pair => pair.isOf == 1).Select(pair => pair.label).ToArray())];

    private static double ByHand(double[][] logits, int[][] examples, bool areSets, bool isWeighted, double smoothing)
    {
        var (sum, weight) = (0.0, 0.0);
        foreach (var (z, wanted) in logits.Zip(examples))
        {
            var (normalizer, classes) = (Math.Log(z.Sum(Math.Exp)), z.Length);
            for (var label = 0; label < classes; label++)
            {
                var w = isWeighted ? Weights[label] : 1;
                var y = wanted.Contains(label) ? 1.0 : 0;
                if (areSets)
                {
                    var target = (y * (1 - smoothing)) + (smoothing / 2);
                    var p = 1 / (1 + Math.Exp(-z[label]));
                    sum -= (w * target * Math.Log(p)) + ((1 - target) * Math.Log(1 - p));
                    weight++;
                }
                else
                {
                    sum += w * ((y * (1 - smoothing)) + (smoothing / classes)) * (normalizer - z[label]); // as PyTorch weights what is smoothed
                    weight += w * y;
                }
            }
        }

        return sum / weight;
    }
}
