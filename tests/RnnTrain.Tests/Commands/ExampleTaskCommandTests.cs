using System.Text.Json;
using RnnTrain.Commands;

namespace RnnTrain.Tests.Commands;

/// <summary>The commands on tasks that learn from separate examples.</summary>
public sealed class ExampleTaskCommandTests
{
    private const string Parity = """
        name: tiny
        device: cpu
        threads: 1
        task: {type: sequence_labeling}
        data:
          format:
            type: synthetic
            problem: {type: parity, asked: each_step, length: 1..6, test_length: 9}
            train_examples: 64
            validation_examples: 20
            test_examples: 10
          batching: {type: examples, batch_size: 16}
        model:
          embedding_size: 3
          cell: {type: gru}
          hidden_size: 5
          bidirectional: true
        training:
          epochs: 2
          optimizer: {type: adam, learning_rate: 0.01}
          log_every: 2
        """;

    private static readonly string Adding = Parity
        .Replace("sequence_labeling", "sequence_regression", StringComparison.Ordinal)
        .Replace("parity, asked: each_step, length: 1..6", "adding, length: 2..6", StringComparison.Ordinal)
        .Replace("  embedding_size: 3\n", "", StringComparison.Ordinal);

    [Fact]
    public void An_example_task_is_trained_evaluated_checked_inspected_measured_and_resumed()
    {
        using var rnn = new Rnn();
        var config = rnn.Write("parity.yaml", Parity);
        Assert.Contains("1..6", rnn.Done("check", config), StringComparison.Ordinal);
        Assert.Contains("[15, 3] = 45", rnn.Done("inspect", config), StringComparison.Ordinal); // 3 gates × 5 hidden, 3 features
        Assert.Contains("labels/s", rnn.Done("train", config), StringComparison.Ordinal);
        Assert.Contains("parameters", rnn.Done("inspect", "tiny"), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(rnn.NewestRun(), "vocabulary.json")));
        var metrics = JsonDocument.Parse(rnn.Done("evaluate", "tiny", "--json")).RootElement.GetProperty("metrics");
        Assert.Equal(["loss", "accuracy", "sequence_accuracy"], metrics.EnumerateObject().Select(metric => metric.Name));
        rnn.Done("evaluate", "tiny", "--split", "train", "--set", "data.format.problem.test_length=40");
        Assert.Contains("labels_per_second", rnn.Done("bench", config, "--steps", "2", "--json"), StringComparison.Ordinal);
        rnn.Done("train", config, "--resume", "--set", "training.epochs=3", "--quiet");
    }

    [Fact]
    public void Real_numbers_are_read_and_told_by_all_commands_too()
    {
        using var rnn = new Rnn();
        var config = rnn.Write("adding.yaml", Adding);
        Assert.Contains("2 numbers a step → 1 number at the end", rnn.Done("check", config), StringComparison.Ordinal);
        rnn.Done("train", config, "--quiet");
        Assert.Contains("mean_squared_error", rnn.Done("evaluate", "tiny"), StringComparison.Ordinal);
        Assert.Contains("examples/s", rnn.Done("bench", config, "--steps", "2"), StringComparison.Ordinal);
    }

    [Fact]
    public void Images_are_classified_row_by_row_and_pixel_by_pixel()
    {
        using var rnn = new Rnn();
        byte[] images = [0, 0, 8, 3, 0, 0, 0, 6, 0, 0, 0, 2, 0, 0, 0, 3, .. Enumerable.Range(0, 36).Select(i => (byte)(7 * i))];
        File.WriteAllBytes(rnn["images"], images);
        File.WriteAllBytes(rnn["labels"], [0, 0, 8, 1, 0, 0, 0, 6, 0, 1, 2, 0, 1, 2]);
        var config = rnn.Write("images.yaml", """
            name: tiny
            device: cpu
            threads: 1
            task: {type: sequence_classification}
            data:
              format: {type: idx, step: row}
              train: [images, labels]
              split: {validation: 0.2, test: 0.2}
              batching: {type: examples, batch_size: 2}
            model: {cell: {type: lstm}, hidden_size: 4}
            training: {epochs: 2, optimizer: {type: adam, learning_rate: 0.01}}
            """);
        Assert.Contains("2 steps each", rnn.Done("check", config), StringComparison.Ordinal);
        Assert.Contains("6 steps each", rnn.Done("check", config, "--set", "data.format={type: idx, step: pixel, permuted: true}"), StringComparison.Ordinal);
        rnn.Done("train", config, "--quiet");
        var printed = rnn.Done("evaluate", "tiny", "--split", "train");
        foreach (var name in new[] { "accuracy", "macro_f1", "micro_f1", "roc_auc", "brier_score", "expected_calibration_error" }) Assert.Contains($"  {name} ", printed, StringComparison.Ordinal);
        Assert.Contains("the class that was told (columns):\n  class  0  1  2\n  0      ", printed, StringComparison.Ordinal);
        var json = JsonDocument.Parse(rnn.Done("evaluate", "tiny", "--split", "train", "--json")).RootElement;
        var confusion = json.GetProperty("confusion").EnumerateObject().Select(row => row.Value.EnumerateObject().Select(cell => cell.Value.GetInt32()).ToArray()).ToArray();
        Assert.Equal(3, confusion.Sum(row => row.Sum()));
        Assert.Equal(json.GetProperty("metrics").GetProperty("accuracy").GetDouble(), confusion.Select((row, label) => row[label]).Sum() / 3.0, 1e-12);
        var file = Directory.EnumerateFiles(rnn.NewestRun(), "confusion.csv", SearchOption.AllDirectories).Single();
        Assert.EndsWith(Path.Combine("train", "confusion.csv"), file, StringComparison.Ordinal);
        Assert.Equal(["class,0,1,2", .. confusion.Select((row, label) => $"{label},{string.Join(',', row)}")], File.ReadAllLines(file));
        Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(file)!, "calibration.csv")));
    }

    [Theory]
    [InlineData("task.threshold=0.4", "task.threshold", "remove the key")]
    [InlineData("task.class_weights={type: given, weights: [{label: x, weight: 2}]}", "task.class_weights.weights[0].label", "no class 'x'; it has 0, 1")]
    [InlineData("task.class_weights=unbalanced", "task.class_weights", "did you mean 'balanced'?")]
    public void Weights_and_thresholds_that_say_nothing_are_refused(string set, params string[] fragments)
    {
        using var rnn = new Rnn();
        var config = rnn.Write("parity.yaml", Parity.Replace("sequence_labeling", "sequence_classification", StringComparison.Ordinal).Replace("each_step", "end", StringComparison.Ordinal));
        rnn.Done("check", config, "--set", "task.class_weights=balanced");
        AssertMistake(rnn, ["train", config, "--set", set], fragments);
    }

    [Fact]
    public void Weights_of_classes_need_a_full_output_layer()
    {
        using var rnn = new Rnn();
        var config = rnn.Write("parity.yaml", Parity.Replace("sequence_labeling", "sequence_classification", StringComparison.Ordinal).Replace("each_step", "end", StringComparison.Ordinal));
        AssertMistake(rnn, ["train", config, "--set", "task.class_weights=balanced", "--set", "model.output={type: sampled, samples: 2}"], "task.class_weights", "remove model.output");
    }

    [Fact]
    public void Writing_text_is_refused()
    {
        using var rnn = new Rnn();
        rnn.Done("train", rnn.Write("parity.yaml", Parity), "--quiet");
        AssertMistake(rnn, ["generate", "tiny"], "sequence_labeling", "writes no text");
    }

    [Theory]
    [InlineData("task=sequence_classification", "task.type", "a class at each step", "write task: sequence_labeling")]
    [InlineData("task=sequence_regression", "task.type", "write task: sequence_labeling")]
    [InlineData("data.format.problem={type: copy, length: 0}", "data.format.problem.length", "found '0'", "1..100")]
    [InlineData("data.format.problem={type: copy, length: 9..3}", "data.format.problem.length", "the smaller first")]
    [InlineData("data.format.problem={type: copy, length: 5, alphabet: 1}", "data.format.problem.alphabet", "at least 2")]
    [InlineData("data.format.problem={type: dyck, length: 5, depth: 0}", "data.format.problem.depth", "at least 1")]
    [InlineData("data.format.problem={type: copyy, length: 5}", "data.format.problem.type", "did you mean 'copy'?")]
    [InlineData("data.format.problem={type: parity, length: 5, asked: sometimes}", "data.format.problem.asked", "end or each_step")]
    [InlineData("data.batching={type: stream, batch_size: 4, steps: 5}", "data.batching.type", "{type: examples, batch_size: 32}")]
    [InlineData("data.batching.batch_size=null", "data.batching", "batch_size: 32, or batch_tokens: 4096")]
    [InlineData("data.storage=disk", "data.storage", "remove the key")]
    [InlineData("data.maximum_length={read: 3}", "data.maximum_length", "remove the block")]
    [InlineData("data.train=file.txt", "data.train", "reads no files; remove the key")]
    [InlineData("data.limit={train: 5}", "data.limit", "reads no files; remove the key")]
    [InlineData("data.tokens=characters", "data.tokens", "not text; remove the key")]
    [InlineData("model.embedding_size=null", "model.embedding_size", "missing")]
    [InlineData("model.pooling=mean", "model.pooling", "at every step", "remove the key")]
    [InlineData("model.tie_weights=true", "model.tie_weights", "set it to false")]
    [InlineData("training.truncate_after=3", "training.truncate_after", "read as a whole")]
    [InlineData("sample={length: 5}", "sample", "only a language model writes text")]
    [InlineData("model={cell: markov}", "model.cell.type", "feed_forward is the nearest")]
    public void A_combination_that_cannot_be_is_refused_with_the_nearest_that_can(string set, params string[] fragments)
    {
        using var rnn = new Rnn();
        AssertMistake(rnn, ["train", rnn.Write("parity.yaml", Parity), "--set", set], fragments);
        Assert.False(Directory.Exists(rnn["runs"]));
    }

    [Theory]
    [InlineData("model.embedding_size=3", "model.embedding_size", "real numbers", "remove the key")]
    [InlineData("model.output={type: full}", "model.output", "tells real numbers")]
    [InlineData("training.label_smoothing=0.1", "training.label_smoothing", "no labels")]
    [InlineData("training.loss_reduction=sum_over_time", "training.loss_reduction", "use mean")]
    [InlineData("data.format.problem={type: adding, length: 1}", "data.format.problem.length", "shortest length is 2")]
    public void So_is_one_of_regression(string set, params string[] fragments)
    {
        using var rnn = new Rnn();
        AssertMistake(rnn, ["train", rnn.Write("adding.yaml", Adding), "--set", set], fragments);
    }

    [Theory]
    [InlineData("data.batching={type: examples, batch_size: 4}", "data.batching.type", "{type: stream, batch_size: 20, steps: 35}")]
    [InlineData("task=sequence_labeling", "task.type", "running text", "write task: language_modeling")]
    public void So_is_text_that_is_read_as_examples(string set, params string[] fragments)
    {
        using var rnn = new Rnn();
        var (exitCode, _, error) = rnn.Run("train", rnn["config.yaml"], "--set", set);
        Assert.Equal(ExitCodes.Mistake, exitCode);
        foreach (var fragment in fragments) Assert.Contains(fragment, error, StringComparison.Ordinal);
    }

    private static void AssertMistake(Rnn rnn, string[] arguments, params string[] fragments)
    {
        var (exitCode, _, error) = rnn.Run(arguments);
        Assert.True(exitCode == ExitCodes.Mistake, $"exit code {exitCode}: {error}");
        Assert.True(error.Split('\n').Any(line => fragments.All(fragment => line.Contains(fragment, StringComparison.Ordinal))), error);
    }
}
