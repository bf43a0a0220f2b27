using RnnTrain.Configuration;
using RnnTrain.Data;
using RnnTrain.Data.Batching;
using RnnTrain.Data.Problems;
using RnnTrain.Models;
using RnnTrain.Tensors;
using RnnTrain.Tests.Training;
using RnnTrain.Training;
using RnnTrain.Training.Optimizers;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Tasks;

public sealed class ExampleTaskTests
{
    [Fact]
    public void The_tasks_are_all_there() => Assert.True(TinyExamples.Tasks.Count >= 3);

    [Theory]
    [InlineData("sequence_classification", 0.05)]
    [InlineData("sequence_labeling", 0.05)]
    [InlineData("sequence_regression", 0.01)]
    public void Training_learns_its_problem(string task, double loss)
    {
        using var tiny = new TinyExperiment(config => TinyExamples.Change(config, task) with
        {
            Model = config.Model with { EmbeddingSize = task == "sequence_regression" ? null : 8, HiddenSize = 24, Layers = 1, Dropout = new DropoutOptions() },
            Training = config.Training with { Epochs = 60, Optimizer = new AdamOptions { LearningRate = 0.02 } },
        });
        var values = tiny.Train().OfType<MetricsMeasured>().Last(measured => measured.Split == Split.Validation).Values;
        Assert.Equal("loss", values[0].Name);
        Assert.True(values[0].Value < loss, $"the last validation loss was {values[0].Value}");
        Assert.All(values.Where(value => value.Name.EndsWith("accuracy", StringComparison.Ordinal)), value => Assert.InRange(value.Value, 0.9, 1));
    }

    [Theory]
    [MemberData(nameof(TinyExamples.Tasks), MemberType = typeof(TinyExamples))]
    public void Metrics_do_not_depend_on_how_examples_were_batched(string task)
    {
        var (one, five, all) = (MetricsWith(1), MetricsWith(5), MetricsWith(17));
        Assert.Equal(one.Select(value => value.Name), all.Select(value => value.Name));
        foreach (var ((expected, found), other) in one.Zip(five).Zip(all))
        {
            Assert.Equal(expected.Value, found.Value, 1e-5);
            Assert.Equal(expected.Value, other.Value, 1e-5);
        }

        IReadOnlyList<RnnTrain.Metrics.MetricValue> MetricsWith(int batchSize)
        {
            using var tiny = new TinyExperiment(config => TinyExamples.Change(config, task) with { Evaluation = new EvaluationOptions { BatchSize = batchSize } });
            return Evaluator.Run(tiny.Task, Split.Validation, default)!;
        }
    }

    [Fact]
    public void The_metrics_of_labels_are_counted_as_one_counts_by_hand()
    {
        using var scope = NewDisposeScope();
        using var tiny = new TinyExperiment(config => TinyExamples.Change(config, "sequence_labeling", new ParityOptions { Length = new LengthRange(1, 3), Asked = AskedAt.EachStep }));
        var batch = (ExampleBatch)tiny.Task.MakeEvaluationBatch(Split.Test, 0);
        var network = (SequenceNetwork)tiny.Task.Model;
        network.eval();
        var input = tensor(batch.Tokens, [batch.Steps, batch.BatchSize]); // [time, batch]
        var told = network.Tell(network.Read(input, new Lengths(batch.Lengths, batch.Steps, CPU))); // [time · batch, classes]
        var classes = told.argmax(1).data<long>().ToArray();
        var (right, whole) = (0, 0);
        for (var example = 0; example < batch.BatchSize; example++)
        {
            var rightHere = Enumerable.Range(0, (int)batch.Lengths[example]).Select(time => time * batch.BatchSize + example).Count(place => classes[place] == batch.Classes[place]);
            right += rightHere;
            if (rightHere == batch.Lengths[example]) whole++;
        }

        var metrics = Evaluator.Run(tiny.Task, Split.Test, default)!;
        Assert.Equal(8, batch.BatchSize); // of nine; the last is scored by hand below
        var last = (ExampleBatch)tiny.Task.MakeEvaluationBatch(Split.Test, 1);
        var lastTold = network.Tell(network.Read(tensor(last.Tokens, [last.Steps, 1]), new Lengths(last.Lengths, last.Steps, CPU))).argmax(1).data<long>().ToArray();
        var lastRight = lastTold.Zip(last.Classes).Count(pair => pair.First == pair.Second);
        right += lastRight;
        if (lastRight == last.Steps) whole++;
        Assert.Equal(right / (double)(batch.TargetCount + last.TargetCount), metrics.Single(value => value.Name == "accuracy").Value, 1e-12);
        Assert.Equal(whole / 9.0, metrics.Single(value => value.Name == "sequence_accuracy").Value, 1e-12);
    }

    [Theory]
    [MemberData(nameof(TinyExamples.Tasks), MemberType = typeof(TinyExamples))]
    public void A_loss_scale_multiplies_the_gradient_and_not_the_loss_told(string task)
    {
        using var scope = NewDisposeScope();
        using var tiny = new TinyExperiment(config => TinyExamples.Change(config with { Model = config.Model with { Dropout = new DropoutOptions() } }, task));
        var batch = tiny.Task.MakeBatch(1, 0);
        var (plain, plainLoss) = Gradient(null);
        var (scaled, scaledLoss) = Gradient(tensor(8f));
        Numbers.AreClose(plain * 8, scaled, 1e-5, "gradient");
        Assert.Equal(plainLoss, scaledLoss, 1e-6);

        (Tensor Gradient, double Loss) Gradient(Tensor? lossScale)
        {
            var bias = tiny.Task.Model.NamedParameters().Single(named => named.Name == "output.bias").Parameter;
            bias.grad = null;
            var step = tiny.Task.Step(batch, null, lossScale);
            step.Objective.backward();
            Assert.Null(step.Carried);
            return (bias.grad!.clone(), step.MeanLoss.ToDouble());
        }
    }
}
