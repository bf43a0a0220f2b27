using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using RnnTrain.Commands;
using RnnTrain.Runs;

namespace RnnTrain.Tests.Commands;

public sealed class ReportTests
{
    private static double BestLoss(string run) =>
        MetricsFile.Read(Path.Combine(run, "metrics.csv")).Where(row => row is { Split: "validation", Metric: "loss" }).Min(row => row.Value);

    [Fact]
    public void A_run_is_reported_with_its_metrics_steps_time_and_parameters()
    {
        using var rnn = new Rnn();
        rnn.Done("train", rnn["config.yaml"], "--quiet");
        var run = rnn.NewestRun();
        using (var untested = JsonDocument.Parse(rnn.Done("report", "tiny", "--json")))
        {
            Assert.Equal(JsonValueKind.Null, untested.RootElement.GetProperty("runs")[0].GetProperty("test").ValueKind);
        }
        using var scores = JsonDocument.Parse(rnn.Done("evaluate", "tiny", "--json"));
        using var report = JsonDocument.Parse(rnn.Done("report", run, "--json"));
        var one = Assert.Single(report.RootElement.GetProperty("runs").EnumerateArray());
        Assert.Equal(run, one.GetProperty("run").GetString());
        Assert.Equal(1, one.GetProperty("seed").GetInt64());
        Assert.Equal(BestLoss(run), one.GetProperty("best").GetProperty("metrics").GetProperty("loss").GetDouble());
        var tested = scores.RootElement.GetProperty("metrics").GetProperty("perplexity").GetDouble();
        Assert.Equal(tested, one.GetProperty("test").GetProperty("metrics").GetProperty("perplexity").GetDouble());
        Assert.True(one.GetProperty("steps").GetInt64() > 0);
        Assert.True(one.GetProperty("training_seconds").GetDouble() > 0);
        Assert.Contains($"\"parameter_count\": {one.GetProperty("parameters").GetInt64()}", File.ReadAllText(Path.Combine(run, "manifest.json")), StringComparison.Ordinal);
        var table = rnn.Done("report").Split('\n');
        Assert.StartsWith("run ", table[0], StringComparison.Ordinal);
        Assert.Contains(BestLoss(run).ToString("G5", CultureInfo.InvariantCulture), table[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_that_differ_by_the_seed_alone_give_mean_and_deviation()
    {
        using var rnn = new Rnn();
        foreach (var seed in new[] { 1, 2 }) rnn.Done("train", rnn["config.yaml"], "--quiet", "--set", $"seed={seed}");
        var losses = Directory.EnumerateDirectories(rnn["runs/tiny"]).Select(BestLoss).ToArray();
        rnn.Done("train", rnn["config.yaml"], "--quiet", "--set", "model.hidden_size=9");
        using var report = JsonDocument.Parse(rnn.Done("report", "tiny", "--json"));
        var groups = report.RootElement.GetProperty("groups").EnumerateArray().ToArray();
        Assert.Equal([2, 1], groups.Select(group => group.GetProperty("seeds").GetArrayLength()));
        var loss = groups[0].GetProperty("best").GetProperty("loss");
        Assert.Equal(losses.Average(), loss.GetProperty("mean").GetDouble(), 1e-12);
        Assert.Equal(Math.Abs(losses[0] - losses[1]) / Math.Sqrt(2), loss.GetProperty("deviation").GetDouble(), 1e-12);
        var table = rnn.Done("report", "tiny", "--metric", "accuracy");
        Assert.Contains("best validation accuracy", table, StringComparison.Ordinal);
        Assert.Single(table.Split('\n'), line => line.Contains("tiny: mean ± deviation of 2", StringComparison.Ordinal));
        Assert.Equal(3 * (4 + 4) + 1, rnn.Done("report", "tiny", "--csv").TrimEnd('\n').Split('\n').Length); // four metrics of best and last each
    }

    [Fact]
    public void The_chart_shows_the_learning_curves()
    {
        using var rnn = new Rnn();
        rnn.Done("train", rnn["config.yaml"], "--quiet");
        rnn.Done("report", "tiny", "--chart", rnn["curves.svg"], "--metric", "perplexity");
        var svg = XDocument.Load(rnn["curves.svg"]).Root!;
        Assert.Equal(["training", "validation"], svg.Elements().Where(text => text.Attribute("class")?.Value == "legend").Select(text => text.Value));
        Assert.Contains("tiny: perplexity while training", svg.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void An_evaluation_is_noted_once_and_only_where_it_is_the_runs_own()
    {
        using var rnn = new Rnn();
        rnn.Done("train", rnn["config.yaml"], "--quiet");
        var noted = Path.Combine(rnn.NewestRun(), "evaluations.csv");
        rnn.Done("evaluate", "tiny", "--set", "evaluation.batch_size=2");
        Assert.False(File.Exists(noted));
        rnn.Done("evaluate", "tiny");
        var once = File.ReadAllText(noted);
        rnn.Done("evaluate", "tiny", "--set", "device=cpu");
        Assert.Equal(once, File.ReadAllText(noted));
        rnn.Done("evaluate", "tiny", "--split", "validation");
        Assert.Equal(["test", "validation"], MetricsFile.Read(noted).Select(row => row.Split).Distinct());
    }

    [Theory]
    [InlineData("no such run folder", "report", "nothing")]
    [InlineData("no runs are in it", "report")]
    [InlineData("exclude each other", "report", "--json", "--csv")]
    public void A_mistake_is_one_line(string line, params string[] arguments)
    {
        using var rnn = new Rnn();
        var (exitCode, _, error) = rnn.Run(arguments);
        Assert.Equal(ExitCodes.Mistake, exitCode);
        Assert.Contains(line, Assert.Single(error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public void A_metric_that_nothing_measured_is_refused_with_those_there_are()
    {
        using var rnn = new Rnn();
        rnn.Done("train", rnn["config.yaml"], "--quiet");
        var (exitCode, _, error) = rnn.Run("report", "tiny", "--metric", "bleu");
        Assert.Equal(ExitCodes.Mistake, exitCode);
        Assert.Contains("there are loss, perplexity, bits_per_token, accuracy", error, StringComparison.Ordinal);
    }
}
