using System.Text.Json;
using RnnTrain.Commands;

namespace RnnTrain.Tests.Commands;

/// <summary>A model that counts goes through every command as networks do, or is refused with a reason.</summary>
public sealed class MarkovTests : IDisposable
{
    private readonly Rnn rnn = new();

    public MarkovTests() => rnn.Write("markov.yaml", Rnn.Config.Replace("cell: {type: lstm}", "cell: {type: markov, order: 4}", StringComparison.Ordinal));

    public void Dispose() => rnn.Dispose();

    [Fact]
    public void It_is_trained_evaluated_inspected_and_writes_text()
    {
        var trained = rnn.Done("train", rnn["markov.yaml"], "--verbose");
        Assert.Contains("done: step 1 after", trained, StringComparison.Ordinal);
        Assert.Contains("rnn generate", trained, StringComparison.Ordinal);
        var run = rnn.NewestRun();
        Assert.Contains("everything else of model, all of training", File.ReadAllText(Path.Combine(run, "run.log")), StringComparison.Ordinal);
        var loss = Metric(run, "validation", "loss");
        Assert.InRange(loss, 0.05, 0.6); // the text is nearly regular
        Assert.InRange(Metric(run, "validation", "accuracy"), 0.8, 1);
        Assert.InRange(Metric(run, "train", "loss"), 0.05, loss);

        using var scored = JsonDocument.Parse(rnn.Done("evaluate", run, "--split", "validation", "--json"));
        Assert.Equal(loss, scored.RootElement.GetProperty("metrics").GetProperty("loss").GetDouble());
        Assert.Contains("test data", rnn.Done("evaluate", run), StringComparison.Ordinal);
        Assert.Contains("n_grams.4.counts", rnn.Done("inspect", run), StringComparison.Ordinal);
        Assert.Contains("counts, no network", rnn.Done("inspect", rnn["markov.yaml"]), StringComparison.Ordinal);
        Assert.Contains("counts the training data once", rnn.Done("check", rnn["markov.yaml"]), StringComparison.Ordinal);

        var text = rnn.Done("generate", run, "--prompt", "the 3 cats", "--length", "40", "--temperature", "0");
        Assert.StartsWith("the 3 cats sat on ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_is_done_has_nothing_left_to_do_when_it_is_resumed()
    {
        rnn.Done("train", rnn["markov.yaml"], "--quiet");
        var run = rnn.NewestRun();
        var metrics = File.ReadAllText(Path.Combine(run, "metrics.csv"));
        Assert.Contains("done: step 1 after", rnn.Done("train", rnn["markov.yaml"], "--resume", run), StringComparison.Ordinal);
        Assert.Equal(metrics, File.ReadAllText(Path.Combine(run, "metrics.csv")));
    }

    [Fact]
    public void A_longer_memory_predicts_better()
    {
        double LossOf(int order)
        {
            rnn.Done("train", rnn["markov.yaml"], "--quiet", "--set", $"model.cell.order={order}", "--run-dir", rnn[$"order{order}"]);
            return Metric(rnn[$"order{order}"], "validation", "loss");
        }

        var losses = new[] { 1, 2, 4 }.Select(LossOf).ToArray();
        Assert.Equal(losses.OrderDescending(), losses);
    }

    [Fact]
    public void What_a_network_alone_has_need_not_be_given()
    {
        var config = string.Join('\n', File.ReadAllLines(rnn["markov.yaml"]).Where(line => !line.Contains("_size: 6", StringComparison.Ordinal) && !line.Contains("hidden_size", StringComparison.Ordinal)));
        rnn.Done("train", rnn.Write("bare.yaml", config), "--quiet");
        Assert.DoesNotContain("hidden_size: 0", File.ReadAllText(Path.Combine(rnn.NewestRun(), "config.yaml")), StringComparison.Ordinal);
        rnn.Done("evaluate", rnn.NewestRun());
    }

    [Theory]
    [InlineData("model.layers=2", "model.layers: cell.type is markov, which has no layers; use 1")]
    [InlineData("model.connections=residual", "model.connections: cell.type is markov, which has no layers; use none")]
    [InlineData("model.learned_initial_state=true", "model.learned_initial_state: cell.type is markov, which begins with an empty context")]
    [InlineData("model.zoneout.hidden=0.1", "model.zoneout: cell.type is markov, which has no state")]
    [InlineData("model.dropout.output=0.1", "model.dropout: cell.type is markov, which has nothing to drop, it is smoothed")]
    [InlineData("model.tie_weights=true", "model.tie_weights: cell.type is markov, which has no matrices")]
    [InlineData("model.path=unrolled", "model.path: cell.type is markov, which has no layers; use auto")]
    [InlineData("precision=bf16", "precision: cell.type is markov, which counts whole numbers; use fp32")]
    [InlineData("model.cell.order=0", "model.cell.order: found '0'")]
    public void What_it_cannot_do_is_refused_with_what_it_can(string set, string message)
    {
        var (exitCode, _, error) = rnn.Run("train", rnn["markov.yaml"], "--set", set);
        Assert.Equal(ExitCodes.Mistake, exitCode);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_speed_in_steps_cannot_be_measured()
    {
        var (exitCode, _, error) = rnn.Run("bench", rnn["markov.yaml"]);
        Assert.Equal(ExitCodes.Mistake, exitCode);
        Assert.Contains("model.cell.type: markov is learned by counting", error, StringComparison.Ordinal);
    }

    private static double Metric(string run, string split, string name)
    {
        var row = File.ReadLines(Path.Combine(run, "metrics.csv")).Single(line => line.Contains($",{split},{name},", StringComparison.Ordinal));
        return double.Parse(row.Split(',')[^1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
