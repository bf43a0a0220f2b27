using RnnTrain.Commands;
using RnnTrain.Runs;

namespace RnnTrain.Tests.Commands;

public sealed class SeedsTests
{
    private static string[] Runs(Rnn rnn) => [.. Directory.EnumerateDirectories(rnn["runs/tiny"]).Order(StringComparer.Ordinal)];

    private static byte[] Weights(string run) => File.ReadAllBytes(Directory.EnumerateFiles(run, "model.safetensors", SearchOption.AllDirectories).Max(StringComparer.Ordinal)!);

    [Fact]
    public void Every_seed_is_a_run_like_one_of_its_own_and_the_spread_is_told()
    {
        using var rnn = new Rnn();
        var told = rnn.Done("train", rnn["config.yaml"], "--seeds", "3,4");
        Assert.Contains("tiny: mean ± deviation of 2", told, StringComparison.Ordinal);
        Assert.Equal([3L, 4], Runs(rnn).Select(run => RunFolder.Open(run).ReadManifest().Seed));
        using var alone = new Rnn();
        alone.Done("train", alone["config.yaml"], "--quiet", "--set", "seed=4");
        Assert.Equal(Weights(alone.NewestRun()), Weights(Runs(rnn)[1]));
    }

    [Fact]
    public void A_series_goes_on_where_it_stopped()
    {
        using var rnn = new Rnn();
        rnn.Done("train", rnn["config.yaml"], "--quiet", "--set", "seed=1");
        rnn.Done("train", rnn["config.yaml"], "--quiet", "--set", "seed=2", "--set", "training.epochs=1");
        var finished = File.ReadAllText(Path.Combine(Runs(rnn)[0], "manifest.json"));
        var told = rnn.Done("train", rnn["config.yaml"], "--seeds", "1,2,3", "--resume");
        Assert.Equal(3, Runs(rnn).Length);
        Assert.Contains($"seed 1: finished before: {Runs(rnn)[0]}", told, StringComparison.Ordinal);
        Assert.Equal(finished, File.ReadAllText(Path.Combine(Runs(rnn)[0], "manifest.json")));
        Assert.Contains("training.epochs: 1 → 2", told, StringComparison.Ordinal);
        Assert.Contains("mean ± deviation of 3", told, StringComparison.Ordinal);
        Assert.All(Runs(rnn), run => Assert.NotNull(RunFolder.Open(run).ReadManifest().FinishedAt));
    }

    [Fact]
    public void A_seed_that_diverges_does_not_keep_the_next_from_its_turn()
    {
        using var rnn = new Rnn();
        var (exitCode, _, error) = rnn.Run("train", rnn["config.yaml"], "--seeds", "1,2", "--set", "training.optimizer={type: sgd, learning_rate: 1e30}");
        Assert.Equal(ExitCodes.Diverged, exitCode);
        Assert.Contains("rnn: seed 1:", error, StringComparison.Ordinal);
        Assert.Contains("rnn: seed 2:", error, StringComparison.Ordinal);
        Assert.Equal(2, Runs(rnn).Length);
    }

    [Theory]
    [InlineData("'x' is no seed", "--seeds", "1,x")]
    [InlineData("'-1' is no seed", "--seeds", "1,-1")]
    [InlineData("2 is there twice", "--seeds", "2,2")]
    [InlineData("--run-dir and --seeds exclude each other", "--seeds", "1,2", "--run-dir", "here")]
    [InlineData("--resume RUN and --seeds exclude each other", "--seeds", "1,2", "--resume", "tiny")]
    [InlineData("--checkpoint and --seeds exclude each other", "--seeds", "1,2", "--checkpoint", "5", "--resume")]
    [InlineData("--set seed and --seeds exclude each other", "--seeds", "1,2", "--set", "seed=3")]
    public void A_mistake_is_one_line_and_trains_nothing(string line, params string[] arguments)
    {
        using var rnn = new Rnn();
        var (exitCode, _, error) = rnn.Run(["train", rnn["config.yaml"], .. arguments]);
        Assert.Equal(ExitCodes.Mistake, exitCode);
        Assert.Contains(line, Assert.Single(error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
        Assert.False(Directory.Exists(rnn["runs"]));
    }
}
