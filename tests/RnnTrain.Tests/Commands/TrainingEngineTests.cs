using System.Text.Json;
using RnnTrain.Commands;
using RnnTrain.Runs;

namespace RnnTrain.Tests.Commands;

/// <summary>Averaged weights and steps that are not finite, from the command line.</summary>
public sealed class TrainingEngineTests
{
    private const string TooFast = "training.optimizer={type: sgd, learning_rate: 1e30}";

    [Theory]
    [InlineData("training.average={type: exponential, decay: 0.9}")]
    [InlineData("training.optimizer={type: asgd, learning_rate: 1, average_after: 10}")]
    public void The_averaged_weights_are_what_is_evaluated_and_what_a_resumed_run_leaves_too(string set)
    {
        using var rnn = new Rnn();
        var told = rnn.Done("train", rnn["config.yaml"], "--set", set);
        Assert.Contains("averaged", told, StringComparison.Ordinal);
        var best = Rows(rnn).Where(row => row is { Split: "validation", Metric: "loss" }).Min(row => row.Value);
        using var scores = JsonDocument.Parse(rnn.Done("evaluate", "tiny", "--split", "validation", "--json"));
        Assert.Equal(best, scores.RootElement.GetProperty("metrics").GetProperty("loss").GetDouble());

        rnn.Done("train", rnn["config.yaml"], "--quiet", "--set", set, "--set", "training.epochs=3", "--resume");
        using var atOnce = new Rnn();
        atOnce.Done("train", atOnce["config.yaml"], "--quiet", "--set", set, "--set", "training.epochs=3");
        Assert.Equal(LastModel(atOnce), LastModel(rnn));
    }

    [Fact]
    public void A_run_that_diverges_goes_back_to_its_last_checkpoint_with_a_lower_learning_rate()
    {
        using var rnn = new Rnn();
        var told = rnn.Done("train", rnn["config.yaml"], "--set", TooFast, "--set", "training.on_non_finite={type: back, factor: 1e-31}");
        Assert.Contains("back to step 0", told, StringComparison.Ordinal);
        Assert.Contains("back to step 0", File.ReadAllText(Path.Combine(rnn.NewestRun(), "run.log")), StringComparison.Ordinal);
        var rows = Rows(rnn);
        Assert.All(rows.Where(row => row.Metric == "rollbacks"), row => Assert.Equal(1, row.Value));
        Assert.Contains(rows, row => row is { Metric: "rollbacks" });
        Assert.All(rows.Where(row => row.Metric == "learning_rate"), row => Assert.Equal(0.1, row.Value, 1e-6));
        Assert.Equal(rows.Count, rows.Select(row => (row.Step, row.Split, row.Metric)).Distinct().Count());
    }

    [Theory]
    [InlineData("stop", "training diverged")]
    [InlineData("{type: skip, limit: 3}", "training.on_non_finite.limit allows 3")]
    [InlineData("{type: back, factor: 0.9, limit: 2}", "training diverged")]
    public void Where_nothing_helps_training_ends_with_its_own_exit_code(string policy, string fragment)
    {
        using var rnn = new Rnn();
        var (exitCode, _, error) = rnn.Run("train", rnn["config.yaml"], "--set", TooFast, "--set", $"training.on_non_finite={policy}");
        Assert.Equal(ExitCodes.Diverged, exitCode);
        Assert.Contains(fragment, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Norms_before_and_after_clipping_are_in_the_metrics()
    {
        using var rnn = new Rnn();
        rnn.Done("train", rnn["config.yaml"], "--quiet", "--set", "training.clip_norm=0.01", "--set", "training.accumulate=2");
        var rows = Rows(rnn);
        Assert.All(rows.Where(row => row.Metric == "gradient_norm"), row => Assert.True(row.Value > 0.02));
        Assert.All(rows.Where(row => row.Metric == "gradient_norm_clipped"), row => Assert.Equal(0.01, row.Value, 1e-6));
        Assert.Contains(rows, row => row.Metric == "gradient_norm_clipped");
    }

    private static IReadOnlyList<MetricRow> Rows(Rnn rnn) => MetricsFile.Read(Path.Combine(rnn.NewestRun(), "metrics.csv"));

    private static byte[] LastModel(Rnn rnn)
    {
        var last = Directory.EnumerateDirectories(Path.Combine(rnn.NewestRun(), "checkpoints")).MaxBy(path => int.Parse(Path.GetFileName(path), System.Globalization.CultureInfo.InvariantCulture))!;
        return File.ReadAllBytes(Path.Combine(last, "model.safetensors"));
    }
}
