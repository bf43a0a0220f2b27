using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Data;
using RnnTrain.Data.Batching;
using RnnTrain.Data.Encoding;
using RnnTrain.Data.Examples;
using RnnTrain.Data.Formats;
using RnnTrain.Data.Tagging;
using RnnTrain.Metrics;
using RnnTrain.Models;
using RnnTrain.Models.Characters;
using RnnTrain.Tasks;
using RnnTrain.Tensors;
using RnnTrain.Tests.Training;
using RnnTrain.Training;
using RnnTrain.Training.Optimizers;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Tasks;

/// <summary>Labels of words in text, with letters, a conditional random field, and spans.</summary>
public sealed class LabelObjectiveTests : IDisposable
{
    private const string Text = """
        Anna B-PER
        Berg E-PER
        met O
        Zoe S-PER
        in O
        Rome S-LOC

        the O
        New B-LOC
        York I-LOC
        Bay E-LOC
        rose O

        Rome S-PER
        Berg S-LOC

        met O
        Anna S-PER

        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rnn-test");

    public LabelObjectiveTests() => File.WriteAllText(Path.Combine(folder.FullName, "tags.txt"), Text);

    public static TheoryData<string, bool> Variants => [("lstm", true), ("lstm", false), ("cnn", true), ("cnn", false)];

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Variants))]
    public void One_batch_is_learned_by_heart(string letters, bool crf)
    {
        using var tiny = Tiny(letters, crf, config => config with
        {
            Training = config.Training with { Epochs = 60, Optimizer = new AdamOptions { LearningRate = 0.03 } },
        });
        var values = tiny.Train().OfType<MetricsMeasured>().Last(measured => measured.Split == Split.Validation).Values;
        Assert.Equal(
            ["loss", "accuracy", "sequence_accuracy", "precision", "recall", "f1", "precision_LOC", "recall_LOC", "f1_LOC", "precision_PER", "recall_PER", "f1_PER"],
            values.Select(value => value.Name));
        Assert.All(values.Skip(1), value => Assert.InRange(value.Value, 0.99, 1));
        Assert.True(values[0].Value < 0.1, $"the last loss was {values[0].Value}");
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Metrics_do_not_depend_on_how_examples_were_batched(string letters, bool crf)
    {
        var (one, all) = (MetricsWith(1), MetricsWith(4));
        foreach (var (expected, found) in one.Zip(all))
        {
            Assert.Equal(expected.Name, found.Name);
            Assert.Equal(expected.Value, found.Value, 1e-5);
        }

        IReadOnlyList<MetricValue> MetricsWith(int batchSize)
        {
            using var tiny = Tiny(letters, crf, config => config with { Evaluation = new EvaluationOptions { BatchSize = batchSize } });
            return Evaluator.Run(tiny.Task, Split.Validation, default)!;
        }
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Two_half_batches_are_one_whole(string letters, bool crf)
    {
        var (whole, halves) = (WeightsWith(1), WeightsWith(2));
        foreach (var (expected, found) in whole.Zip(halves)) Assert.Equal(expected, found, 1e-5);

        double[] WeightsWith(int parts)
        {
            using var tiny = Tiny(letters, crf, config => config with
            {
                Training = config.Training with { Epochs = 2, Accumulate = parts, Optimizer = new SgdOptions { LearningRate = 0.3 } },
            });
            tiny.Train();
            return [.. tiny.Task.Model.NamedParameters().SelectMany(named => Numbers.Of(named.Parameter))];
        }
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void A_run_that_was_resumed_has_the_weights_of_one_that_was_not(string letters, bool crf)
    {
        static ExperimentConfig With(ExperimentConfig config) => config with
        {
            Data = config.Data with { Batching = new ExampleOptions { BatchSize = 2, Bucketing = 1 } },
            Model = config.Model with { Dropout = new DropoutOptions { Embedding = 0.3, Words = 0.1, Singletons = 0.5, Output = 0.2 } },
            Training = config.Training with { Epochs = 4 },
        };
        using var whole = Tiny(letters, crf, With);
        whole.Train();
        using var parts = Tiny(letters, crf, With);
        foreach (var until in new[] { 3, 4, long.MaxValue })
        {
            using var stop = new CancellationTokenSource();
            parts.Train(stop.Token, happened => { if (happened is StepDone step && step.Step >= until) stop.Cancel(); });
            parts.Reload();
        }

        Assert.Equal(8, parts.State.Progress.Step);
        Assert.Equal(whole.Weights(), parts.Weights());
    }

    [Fact]
    public void A_loss_scale_multiplies_the_gradient_and_not_the_loss_told()
    {
        using var scope = NewDisposeScope();
        using var tiny = Tiny("cnn", crf: true);
        var batch = tiny.Task.MakeBatch(1, 0);
        var (plain, plainLoss) = Gradient(null);
        var (scaled, scaledLoss) = Gradient(tensor(8f));
        Numbers.AreClose(plain * 8, scaled, 1e-5, "gradient");
        Assert.Equal(plainLoss, scaledLoss, 1e-6);

        (Tensor Gradient, double Loss) Gradient(Tensor? lossScale)
        {
            var transitions = tiny.Task.Model.NamedParameters().Single(named => named.Name == "crf.transitions").Parameter;
            transitions.grad = null;
            var step = tiny.Task.Step(batch, null, lossScale);
            step.Objective.backward();
            return (transitions.grad!.clone(), step.MeanLoss.ToDouble());
        }
    }

    [Theory]
    [InlineData(TagConstraints.None)]
    [InlineData(TagConstraints.Answers)]
    [InlineData(TagConstraints.Training)]
    public void Answers_keep_to_the_scheme_where_they_are_told_to(TagConstraints constraints)
    {
        using var scope = NewDisposeScope();
        using var tiny = Tiny("lstm", crf: true, config => config with { Task = new SequenceLabelingOptions { Constraints = constraints } });
        var batch = (ExampleBatch)tiny.Task.MakeEvaluationBatch(Split.Validation, 0);
        var network = (SequenceNetwork)tiny.Task.Model;
        var (lengths, symbols) = (new Lengths(batch.Lengths, batch.Steps, CPU), ((ExampleData)tiny.Data).Lexicon!.Labels!.Symbols);
        var violations = 0;
        for (var phase = 0; phase < 10; phase++)
        {
            var hidden = Formula.Single(phase, batch.Steps * batch.BatchSize, 16) * 9; // [time · batch, hidden]
            var told = network.Labels(hidden, lengths);
            for (var example = 0; example < batch.BatchSize; example++)
            {
                var tags = Enumerable.Range(0, (int)batch.Lengths[example]).Select(time => symbols[(int)told[(time * batch.BatchSize) + example]]);
                if (TagScheme.Iobes.Violation([.. tags]) is not null) violations++;
            }
        }

        Assert.Equal(constraints == TagConstraints.None, violations > 0);
        Assert.Equal(constraints == TagConstraints.Training, network.Field!.AllowedInTraining);
    }

    private TinyExperiment Tiny(string letters, bool crf, Func<ExperimentConfig, ExperimentConfig>? change = null) => new(config =>
    {
        var file = Path.Combine(folder.FullName, "tags.txt");
        config = config with
        {
            Task = new SequenceLabelingOptions(),
            Data = new DataOptions
            {
                Format = new ConllOptions { Scheme = new TagConversion { From = TagScheme.Iobes } },
                Train = [file],
                Validation = [file],
                Tokens = new WordOptions { LowerCase = true },
                Batching = new ExampleOptions { BatchSize = 4 },
            },
            Model = new ModelOptions
            {
                EmbeddingSize = 8,
                Characters = letters == "lstm" ? new LstmLetterOptions { HiddenSize = 6 } : new CnnLetterOptions { Filters = 9 },
                Cell = new LstmOptions(),
                HiddenSize = 8,
                Bidirectional = true,
                Crf = crf,
            },
        };
        return change is null ? config : change(config);
    });
}
