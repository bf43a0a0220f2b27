using System.Text.Json;
using RnnTrain.Commands;
using RnnTrain.Runs;

namespace RnnTrain.Tests.Commands;

public sealed class TrainAndUseTests
{
    [Fact]
    public void A_trained_run_is_evaluated_continued_and_asked_for_text()
    {
        using var rnn = new Rnn();
        var trained = rnn.Done("train", rnn["config.yaml"]);
        var run = rnn.NewestRun();
        Assert.Contains($"run: {run}", trained, StringComparison.Ordinal);
        Assert.Contains("evaluate", trained, StringComparison.Ordinal);
        foreach (var file in new[] { "config.yaml", "manifest.json", "metrics.csv", "run.log", "run.log.jsonl", "vocabulary.json", "checkpoints/index.json" })
        {
            Assert.True(File.Exists(Path.Combine(run, file)), $"{file} is missing");
        }

        using var scores = JsonDocument.Parse(rnn.Done("evaluate", run, "--json"));
        Assert.Equal("test", scores.RootElement.GetProperty("split").GetString());
        Assert.InRange(scores.RootElement.GetProperty("metrics").GetProperty("loss").GetDouble(), 0.1, 4);

        var one = rnn.Done("generate", "tiny", "--prompt", "the", "--length", "40", "--seed", "3");
        Assert.Equal(one, rnn.Done("generate", run, "--prompt", "the", "--length", "40", "--seed", "3"));
        Assert.NotEqual(one, rnn.Done("generate", run, "--prompt", "the", "--length", "40", "--seed", "4"));
        Assert.StartsWith("the", one, StringComparison.Ordinal);
        Assert.Equal("the".Length + 40 + 1, one.ReplaceLineEndings("\n").Length);
    }

    [Fact]
    public void The_validation_loss_of_the_best_checkpoint_is_the_one_in_the_metrics()
    {
        using var rnn = new Rnn();
        rnn.Done("train", rnn["config.yaml"], "--quiet");
        var rows = MetricsFile.Read(Path.Combine(rnn.NewestRun(), "metrics.csv"));
        var best = rows.Where(row => row is { Split: "validation", Metric: "loss" }).Min(row => row.Value);
        using var scores = JsonDocument.Parse(rnn.Done("evaluate", "tiny", "--split", "validation", "--json"));
        Assert.Equal(best, scores.RootElement.GetProperty("metrics").GetProperty("loss").GetDouble());
        Assert.Contains(rows, row => row is { Split: "train", Metric: "gradient_norm", Value: > 0 });
    }

    [Fact]
    public void A_run_in_bf16_is_evaluated_as_it_was_trained_and_continued_exactly()
    {
        using var rnn = new Rnn();
        rnn.Done("train", rnn["config.yaml"], "--quiet", "--set", "precision=bf16");
        var best = MetricsFile.Read(Path.Combine(rnn.NewestRun(), "metrics.csv"))
            .Where(row => row is { Split: "validation", Metric: "loss" }).Min(row => row.Value);
        Assert.Equal(best, ValidationLoss(rnn));
        var inFull = ValidationLoss(rnn, "--set", "precision=fp32");
        Assert.NotEqual(best, inFull);
        Assert.Equal(best, inFull, 0.05);
        Assert.Contains("\"precision\": \"bf16\"", File.ReadAllText(Path.Combine(rnn.NewestRun(), "manifest.json")), StringComparison.Ordinal);
        Assert.Contains("bf16: recurrent and output layers", rnn.Done("inspect", "tiny"), StringComparison.Ordinal);

        rnn.Done("train", rnn["config.yaml"], "--quiet", "--set", "precision=bf16", "--set", "training.epochs=3", "--resume");
        using var atOnce = new Rnn();
        atOnce.Done("train", atOnce["config.yaml"], "--quiet", "--set", "precision=bf16", "--set", "training.epochs=3");
        Assert.Equal(Weights(atOnce), Weights(rnn));
        Assert.Contains("precision: bf16 → fp32", rnn.Done("train", rnn["config.yaml"], "--set", "training.epochs=4", "--resume"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_in_a_precision_that_this_device_lacks_is_used_in_fp32_and_says_so()
    {
        using var rnn = new Rnn();
        rnn.Done("train", rnn["config.yaml"], "--quiet");
        var loss = ValidationLoss(rnn);
        var config = Path.Combine(rnn.NewestRun(), "config.yaml");
        File.WriteAllText(config, File.ReadAllText(config).Replace("precision: fp32", "precision: fp16", StringComparison.Ordinal));
        Assert.Equal(loss, ValidationLoss(rnn));
        foreach (var command in new[] { "evaluate", "generate" })
        {
            var (exitCode, _, error) = rnn.Run(command, "tiny");
            Assert.Equal(ExitCodes.Done, exitCode);
            Assert.StartsWith("computed in fp32", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void More_epochs_on_resume_give_what_training_at_once_gives()
    {
        using var atOnce = new Rnn();
        atOnce.Done("train", atOnce["config.yaml"], "--quiet", "--set", "training.epochs=3");
        using var inTwo = new Rnn();
        inTwo.Done("train", inTwo["config.yaml"], "--quiet");
        var resumed = inTwo.Done("train", inTwo["config.yaml"], "--set", "training.epochs=3", "--resume");
        Assert.Contains("training.epochs: 2 → 3", resumed, StringComparison.Ordinal);
        Assert.Equal(Weights(atOnce), Weights(inTwo));
        Assert.Single(Directory.EnumerateDirectories(inTwo["runs/tiny"]));
    }

    [Fact]
    public void Going_back_to_an_earlier_checkpoint_gives_the_same_run_again()
    {
        using var rnn = new Rnn();
        rnn.Done("train", rnn["config.yaml"], "--quiet", "--set", "training.epochs=3");
        var (weights, metrics) = (Weights(rnn), Metrics(rnn));
        var first = Directory.EnumerateDirectories(Path.Combine(rnn.NewestRun(), "checkpoints")).Select(Path.GetFileName).Min(long.Parse!);
        rnn.Done("train", rnn["config.yaml"], "--quiet", "--set", "training.epochs=3", "--resume", rnn.NewestRun(), "--checkpoint", $"{first}");
        Assert.Equal(weights, Weights(rnn));
        Assert.Equal(metrics, Metrics(rnn));
    }

    [Fact]
    public void A_resumed_run_of_another_model_is_refused_with_the_keys()
    {
        using var rnn = new Rnn();
        rnn.Done("train", rnn["config.yaml"], "--quiet");
        var (exitCode, _, error) = rnn.Run("train", rnn["config.yaml"], "--resume", "--set", "model.hidden_size=9", "--set", "seed=5");
        Assert.Equal(ExitCodes.Mistake, exitCode);
        Assert.Contains("model.hidden_size: 8 → 9", error, StringComparison.Ordinal);
        Assert.Contains("seed: 1 → 5", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_resumed_run_on_other_data_is_refused()
    {
        using var rnn = new Rnn();
        rnn.Done("train", rnn["config.yaml"], "--quiet");
        File.AppendAllText(rnn["text.txt"], "the 1 cats sat on 1 mats.\n");
        var (exitCode, _, error) = rnn.Run("train", rnn["config.yaml"], "--resume");
        Assert.Equal(ExitCodes.Mistake, exitCode);
        Assert.Contains("text.txt", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_whose_splits_share_a_file_is_continued()
    {
        using var rnn = new Rnn();
        var config = rnn.Write("shared.yaml", Rnn.Config.Replace("split: {validation: 0.2, test: 0.1}", "validation: text.txt", StringComparison.Ordinal));
        rnn.Done("train", config, "--quiet");
        Assert.Contains("going on", rnn.Done("train", config, "--resume", "--set", "training.epochs=3"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_diverges_keeps_its_last_checkpoint_and_says_so()
    {
        using var rnn = new Rnn();
        rnn.Done("train", rnn["config.yaml"], "--quiet");
        var before = Weights(rnn);
        var (exitCode, _, error) = rnn.Run("train", rnn["config.yaml"], "--resume", "--set", "training.epochs=9", "--set", "training.optimizer.learning_rate=1e38");
        Assert.Equal(ExitCodes.Diverged, exitCode);
        Assert.Contains("step", error, StringComparison.Ordinal);
        Assert.Contains("last good checkpoint", error, StringComparison.Ordinal);
        Assert.Equal(before, Weights(rnn));
    }

    [Fact]
    public void Check_and_inspect_say_what_the_model_is_made_of()
    {
        using var rnn = new Rnn();
        var check = rnn.Done("check", rnn["config.yaml"]);
        Assert.Contains("recurrent.weight_ih_l0", check, StringComparison.Ordinal);
        Assert.Contains("no mistakes", check, StringComparison.Ordinal);
        Assert.False(Directory.Exists(rnn["runs"]));
        var inspected = rnn.Done("inspect", rnn["config.yaml"]);
        Assert.Contains("[32, 6] = 192", inspected, StringComparison.Ordinal); // 4 gates × 8 hidden, 6 features
        rnn.Done("train", rnn["config.yaml"], "--quiet");
        Assert.Contains("[32, 6] = 192", rnn.Done("inspect", "tiny"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list")]
    [InlineData("schema")]
    [InlineData("doctor")]
    [InlineData("--help")]
    [InlineData("train", "--help")]
    public void Commands_that_need_no_file_succeed(params string[] arguments)
    {
        using var rnn = new Rnn();
        Assert.NotEmpty(rnn.Done(arguments));
    }

    [Fact]
    public void Bench_says_how_fast_training_is_and_where_the_time_goes()
    {
        using var rnn = new Rnn();
        using var result = JsonDocument.Parse(rnn.Done("bench", rnn["config.yaml"], "--steps", "5", "--json"));
        double Number(string name) => result.RootElement.GetProperty(name).GetDouble();
        Assert.Equal(5, Number("steps"));
        Assert.Equal(4 * 10 * 1000, Number("tokens_per_second") * Number("milliseconds_per_step"), 1e-3); // tokens of a step
        var stages = result.RootElement.GetProperty("milliseconds_by_stage").EnumerateObject().ToDictionary(stage => stage.Name, stage => stage.Value.GetDouble());
        Assert.Equal(["data", "forward", "loss", "backward", "clip", "optimizer"], stages.Keys);
        Assert.All(stages.Values.Skip(1), milliseconds => Assert.True(milliseconds > 0));
        Assert.Equal(Number("gflops") / Number("matrix_product_gflops"), Number("share_of_matrix_product"), 1e-9);
        Assert.InRange(Number("data_wait_share"), 0, 1);
        Assert.InRange(Number("resident_bytes"), 1, Number("peak_resident_bytes"));
        Assert.Contains("tokens/s", rnn.Done("bench", rnn["config.yaml"], "--steps", "1", "--speed-only"), StringComparison.Ordinal);
    }

    private static List<MetricRow> Metrics(Rnn rnn) =>
        [.. MetricsFile.Read(Path.Combine(rnn.NewestRun(), "metrics.csv")).Where(row => row.Metric is not ("tokens_per_second" or "data_wait"))];

    private static double ValidationLoss(Rnn rnn, params string[] more)
    {
        using var scores = JsonDocument.Parse(rnn.Done(["evaluate", "tiny", "--split", "validation", "--json", .. more]));
        return scores.RootElement.GetProperty("metrics").GetProperty("loss").GetDouble();
    }

    private static byte[] Weights(Rnn rnn)
    {
        var newest = Directory.EnumerateDirectories(Path.Combine(rnn.NewestRun(), "checkpoints")).Select(Path.GetFileName).Max(long.Parse!);
        return File.ReadAllBytes(Path.Combine(rnn.NewestRun(), "checkpoints", newest.ToString(System.Globalization.CultureInfo.InvariantCulture), "model.safetensors"));
    }
}
