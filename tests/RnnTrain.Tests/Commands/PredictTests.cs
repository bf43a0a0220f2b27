using System.Globalization;
using System.Text.Json;
using RnnTrain.Commands;

namespace RnnTrain.Tests.Commands;

/// <summary>`rnn predict` on the smoke configurations of tasks that read text, from training to answers.</summary>
public sealed class PredictTests : IDisposable
{
    private const string Classes = "text_classification";
    private const string Tags = "tagging";
    private const string Home = "RNN_HOME"; // where smoke configurations find their data

    private readonly string? home = Environment.GetEnvironmentVariable(Home);

    public PredictTests() => Environment.SetEnvironmentVariable(Home, Repository.Root);

    public void Dispose() => Environment.SetEnvironmentVariable(Home, home);

    [Theory]
    [InlineData(Classes)]
    [InlineData(Tags)]
    public void A_model_is_trained_evaluated_asked_and_a_resumed_one_answers_the_same(string task)
    {
        using var rnn = new Rnn();
        var (config, input) = (Smoke(task), InputOf(task));
        Train(rnn, config, epochs: 2, "part");
        Train(rnn, config, epochs: 3, "part", "--resume", rnn["part"]);
        Train(rnn, config, epochs: 3, "whole");
        var whole = rnn.Done("predict", rnn["whole"], "--input", input, "--scores", "--checkpoint", "last");
        Assert.Equal(whole, rnn.Done("predict", rnn["part"], "--input", input, "--scores", "--checkpoint", "last"));
        Assert.NotEqual(whole, rnn.Done("predict", rnn["part"], "--input", input, "--scores", "--checkpoint", EarliestCheckpoint(rnn["part"])));
    }

    [Fact]
    public void Classes_are_as_right_as_the_evaluation_says()
    {
        using var rnn = new Rnn();
        Train(rnn, Smoke(Classes), epochs: 3, "run");
        var test = File.ReadAllLines(InputOf(Classes))[^80..]; // the last fifth of 400
        var texts = rnn.Write("texts.txt", string.Concat(test.Select(line => line.Split('\t')[1] + "\n")));
        var told = rnn.Done("predict", rnn["run"], "--input", texts).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Metric(rnn, "accuracy"), told.Zip(test, (answer, line) => answer == line.Split('\t')[0] ? 1.0 : 0).Average(), 9);
    }

    [Fact]
    public void Tags_are_as_right_as_the_evaluation_says_and_written_in_the_scheme_of_the_files()
    {
        using var rnn = new Rnn();
        Train(rnn, Smoke(Tags), epochs: 1, "run");
        var test = Repository.Root + "/data/toy/names.test.conll";
        var told = rnn.Done("predict", rnn["run"], "--input", test).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var right = string.Join('\n', File.ReadAllLines(test)).Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(sentence => string.Join(' ', sentence.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')[1]))).ToList();
        Assert.Equal(Metric(rnn, "sequence_accuracy"), told.Zip(right, (answer, tags) => answer == tags ? 1.0 : 0).Average(), 9);
        Assert.Equal(right.Count, told.Length);
    }

    [Theory]
    [InlineData(Classes)]
    [InlineData(Tags)]
    public void An_answer_is_what_it_would_be_alone(string task)
    {
        using var rnn = new Rnn();
        Train(rnn, Smoke(task), epochs: 1, "run");
        string[] command = ["predict", rnn["run"], "--input", InputOf(task), "--scores", "--format", "jsonl"];
        var together = rnn.Done(command).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var alone = rnn.Done([.. command, "--batch-size", "1"]).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(alone.Length, together.Length);
        Assert.All(together.Zip(alone), pair => AssertSame(JsonDocument.Parse(pair.First).RootElement, JsonDocument.Parse(pair.Second).RootElement));
    }

    [Fact]
    public void What_is_piped_in_is_answered_line_by_line_in_every_format()
    {
        using var rnn = new Rnn();
        Train(rnn, Smoke(Classes), epochs: 3, "run");
        const string Lines = "the film was good\n\nnever heard of it\n";
        var plain = rnn.DoneOn(Lines, "predict", rnn["run"]).Split('\n');
        Assert.Equal((4, "", ""), (plain.Length, plain[1], plain[3]));
        Assert.Contains(plain[0], (string[])["positive", "negative"]);
        Assert.Equal($"label\n{plain[0]}\n\"\"\n{plain[2]}\n", rnn.DoneOn(Lines, "predict", rnn["run"], "--format", "csv"));
        Assert.Equal($"{{\"label\":\"{plain[0]}\"}}", rnn.DoneOn(Lines, "predict", rnn["run"], "--format", "jsonl").Split('\n')[0]);
        Assert.Equal(plain[0] + "\n", rnn.DoneOn("{\"body\": \"the film was good\"}", "predict", rnn["run"], "--input-format", "jsonl", "--field", "body"));
    }

    [Fact]
    public void A_file_of_answers_is_there_whole_or_under_another_name()
    {
        using var rnn = new Rnn();
        Train(rnn, Smoke(Classes), epochs: 1, "run");
        var input = rnn.Write("in.jsonl", string.Concat(Enumerable.Repeat("{\"text\": \"a good film\"}\n", 3)) + "{\"txt\": \"a bad film\"}\n");
        rnn.Write("out.txt", "as before");
        var (exitCode, output, error) = rnn.Run("predict", rnn["run"], "--input", input, "--output", rnn["out.txt"]);
        Assert.Equal((ExitCodes.Mistake, ""), (exitCode, output));
        Assert.StartsWith($"{input}:4: no field 'text'", error, StringComparison.Ordinal);
        Assert.Contains("out.txt.partial: the 3 answers before that", error, StringComparison.Ordinal);
        Assert.Equal("as before", File.ReadAllText(rnn["out.txt"]));
        Assert.Equal(3, File.ReadAllLines(rnn["out.txt.partial"]).Length);

        rnn.Write("in.jsonl", "{\"text\": \"a good film\"}\n");
        Assert.Contains("out.txt: 1 answers", rnn.Done("predict", rnn["run"], "--input", input, "--output", rnn["out.txt"]), StringComparison.Ordinal);
        Assert.Single(File.ReadAllLines(rnn["out.txt"]));
        Assert.False(File.Exists(rnn["out.txt.partial"]));
    }

    [Theory]
    [InlineData("--input", "nowhere.txt", "--input: there is no file nowhere.txt")]
    [InlineData("--batch-size", "0", "--batch-size: give 1 or more")]
    [InlineData("--output", "/nowhere/out.txt", "/nowhere/out.txt: cannot write")]
    [InlineData("--beam", "5", "decoding")]
    public void What_cannot_be_is_told_in_one_line(string option, string value, string message)
    {
        using var rnn = new Rnn();
        Train(rnn, Smoke(Classes), epochs: 1, "run");
        var (exitCode, _, error) = rnn.RunOn("a\n", "predict", rnn["run"], option, value);
        Assert.Equal(ExitCodes.Mistake, exitCode);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_answers_no_texts_says_what_does()
    {
        using var rnn = new Rnn();
        rnn.Done("train", rnn["config.yaml"], "--quiet");
        var (exitCode, _, error) = rnn.RunOn("a\n", "predict", "tiny");
        Assert.Equal(ExitCodes.Mistake, exitCode);
        Assert.Contains("rnn generate", error, StringComparison.Ordinal);
    }

    private static string Smoke(string task)
    {
        Repository.RequireSources();
        return Path.Combine(Repository.Root, "configs", "smoke", $"{task}.yaml");
    }

    private static string InputOf(string task) => Path.Combine(Repository.Root, "data", "toy", task == Tags ? "names.test.conll" : "reviews.tsv");

    private static void Train(Rnn rnn, string config, int epochs, string folder, params string[] more)
    {
        string[] into = more.Length == 0 ? ["--run-dir", rnn[folder]] : more;
        rnn.Done([
            "train", config, "--quiet", "--set", $"training.epochs={epochs}", "--set", "threads=1", "--set", "device=cpu", .. into,
        ]);
    }

    private static string EarliestCheckpoint(string run) => Directory.EnumerateDirectories(Path.Combine(run, "checkpoints"))
        .Select(path => int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture)).Min().ToString(CultureInfo.InvariantCulture);

    private static double Metric(Rnn rnn, string name) =>
        JsonDocument.Parse(rnn.Done("evaluate", rnn["run"], "--split", "test", "--json")).RootElement.GetProperty("metrics").GetProperty(name).GetDouble();

    private static void AssertSame(JsonElement one, JsonElement other)
    {
        Assert.Equal(one.ValueKind, other.ValueKind);
        if (one.ValueKind == JsonValueKind.Object) Assert.All(one.EnumerateObject(), field => AssertSame(field.Value, other.GetProperty(field.Name)));
        else if (one.ValueKind == JsonValueKind.Array) Assert.All(one.EnumerateArray().Zip(other.EnumerateArray()), pair => AssertSame(pair.First, pair.Second));
        else if (one.ValueKind == JsonValueKind.Number) Assert.Equal(one.GetDouble(), other.GetDouble(), 1e-5);
        else Assert.Equal(one.GetRawText(), other.GetRawText());
    }
}
