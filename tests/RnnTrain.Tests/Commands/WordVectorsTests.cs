using RnnTrain.Commands;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Commands;

public sealed class WordVectorsTests
{
    private static readonly string[] Words =
    [
        "--set", "data.tokens={type: words, end_of_line: <eos>}", "--set", "model.embedding_size=3", "--set", "model.vectors={file: v.vec}",
        "--set", "training.penalty={l2: 0.01, decoupled: true}", "--set", "training.optimizer.weight_decay=0.01",
    ];

    private static readonly float[] Cats = [0.25f, -1.5f, 3];

    [Fact]
    public void The_embedding_begins_with_them_and_a_frozen_one_stays_so()
    {
        using var rnn = WithVectors();
        rnn.Done(["train", rnn["config.yaml"], .. Words, "--set", "model.vectors.freeze=true"]);
        var run = rnn.NewestRun();
        Assert.Contains("vectors of v.vec: for 1 of", File.ReadAllText(Path.Combine(run, "run.log")), StringComparison.Ordinal);
        var frozen = Embedding(run);
        var cats = Row(run, "cats");
        Assert.Equal(Cats, frozen[cats]);

        rnn.Done(["train", rnn["config.yaml"], .. Words, "--set", "model.vectors.freeze=true", "--set", "training.epochs=1", "--set", "name=short"]);
        Assert.Equal(frozen, Embedding(Directory.EnumerateDirectories(rnn["runs/short"]).Single())); // words without a vector too
        rnn.Done(["train", rnn["config.yaml"], .. Words, "--set", "name=trained"]);
        var trained = Embedding(Directory.EnumerateDirectories(rnn["runs/trained"]).Single());
        Assert.All(trained[cats].Zip(Cats), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 1e-6, 1)); // it began there and moved
        Assert.InRange(double.Parse(rnn.Done("evaluate", "short", "--json").Split("\"loss\":")[1].Split(',', '}')[0], System.Globalization.CultureInfo.InvariantCulture), 0.1, 5);
    }

    [Fact]
    public void A_resumed_run_continues_exactly_and_needs_the_file_no_more()
    {
        using var atOnce = WithVectors();
        atOnce.Done(["train", atOnce["config.yaml"], .. Words, "--quiet"]);
        using var rnn = WithVectors();
        rnn.Done(["train", rnn["config.yaml"], .. Words, "--quiet", "--set", "training.epochs=1"]);
        File.Delete(rnn["v.vec"]);
        rnn.Done(["train", rnn["config.yaml"], .. Words, "--quiet", "--resume"]);
        Assert.Equal(Embedding(atOnce.NewestRun()), Embedding(rnn.NewestRun()));
        Assert.Contains("v.vec does not exist", rnn.Run(["train", rnn["config.yaml"], .. Words]).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_they_cannot_be_used_for_is_refused()
    {
        using var rnn = WithVectors();
        var (exitCode, _, error) = rnn.Run("check", rnn["config.yaml"], "--set", "model.vectors={file: v.vec}");
        Assert.Equal(ExitCodes.Mistake, exitCode);
        Assert.Contains("model.vectors: vectors are those of words; use data.tokens: {type: words}, or remove the block", error, StringComparison.Ordinal);

        error = rnn.Run(["check", rnn["config.yaml"], .. Words, "--set", "model.vectors.freeze=true", "--set", "model.tie_weights=true", "--set", "model.hidden_size=3"]).Error;
        Assert.Contains("model.vectors.freeze: with tie_weights the embedding is the output layer's matrix", error, StringComparison.Ordinal);
        Assert.Contains("embedding        vectors of v.vec: for 1 of", rnn.Done(["check", rnn["config.yaml"], .. Words]), StringComparison.Ordinal);
        error = rnn.Run(["check", rnn["config.yaml"], .. Words, "--set", "model.embedding_size=4"]).Error;
        Assert.Contains("model.vectors.file: v.vec:1: the vectors have 3 numbers, and the embedding has 4", error, StringComparison.Ordinal);
    }

    private static Rnn WithVectors()
    {
        var rnn = new Rnn();
        rnn.Write("v.vec", "2 3\ncats 0.25 -1.5 3\nelephants 1 1 1\n");
        return rnn;
    }

    private static int Row(string run, string word) =>
        Array.FindIndex(File.ReadAllLines(Path.Combine(run, "vocabulary.json")), line => line.Contains($"[\"{word}\",", StringComparison.Ordinal))
        - Array.FindIndex(File.ReadAllLines(Path.Combine(run, "vocabulary.json")), line => line.Contains("\"symbols\"", StringComparison.Ordinal)) - 1;

    /// <summary>The rows of the newest checkpoint's embedding.</summary>
    private static float[][] Embedding(string run)
    {
        using var scope = NewDisposeScope();
        var newest = Directory.EnumerateDirectories(Path.Combine(run, "checkpoints")).MaxBy(path => long.Parse(Path.GetFileName(path), System.Globalization.CultureInfo.InvariantCulture))!;
        var matrix = SafetensorsFile.Load(Path.Combine(newest, "model.safetensors")).First(pair => pair.Name == "embedding.weight").Tensor; // [vocabulary, features]
        return [.. matrix.data<float>().ToArray().Chunk((int)matrix.size(1))];
    }
}
