namespace RnnTrain.Tests.Commands;

public sealed class BatchingTests
{
    private static readonly string[] Options =
    [
        "--set", "data.batching={type: examples, batch_tokens: 200, bucketing: 5}", "--set", "training.accumulate=3", "--set", "checkpoints={every: 5, keep: 100}",
    ];

    [Fact]
    public void Batches_limited_by_their_tokens_are_learned_from_in_parts_and_a_run_resumed_within_a_pass_ends_the_same()
    {
        using var rnn = new Rnn();
        using var smoke = new SmokeRun();
        SmokeRun.Train(rnn, "translation", epochs: 2, "run", more: Options);
        var weights = Weights(rnn);
        Assert.True(weights.Step % 5 != 0, $"the last step is {weights.Step}");
        SmokeRun.Train(rnn, "translation", epochs: 2, "run", resume: true, [.. Options, "--checkpoint", "5"]);
        Assert.Equal(weights, Weights(rnn));
    }

    [Fact]
    public void A_limit_of_length_that_nothing_keeps_is_told_before_training()
    {
        using var rnn = new Rnn();
        using var smoke = new SmokeRun();
        var config = Path.Combine(Repository.Root, "configs", "smoke", "translation.yaml"); // sentences of eight words
        Assert.Contains("data.train       400 examples", rnn.Done("check", config, "--set", "data.maximum_length={read: 8}"), StringComparison.Ordinal);
        var (exitCode, _, error) = rnn.Run("check", config, "--set", "data.maximum_length={read: 7}");
        Assert.Equal((2, "data.maximum_length: all 400 examples of data.train are longer; raise it\n"), (exitCode, error));
    }

    /// <summary>The last checkpoint's step and its weights.</summary>
    private static (int Step, string Weights) Weights(Rnn rnn)
    {
        var last = Directory.EnumerateDirectories(Path.Combine(rnn["run"], "checkpoints")).MaxBy(path => int.Parse(Path.GetFileName(path), System.Globalization.CultureInfo.InvariantCulture))!;
        var bytes = File.ReadAllBytes(Path.Combine(last, "model.safetensors"));
        return (int.Parse(Path.GetFileName(last), System.Globalization.CultureInfo.InvariantCulture), Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(bytes)));
    }
}
