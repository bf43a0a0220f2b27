using System.Text.Json;
using RnnTrain.Commands;

namespace RnnTrain.Tests.Commands;

/// <summary>`rnn predict` on the smoke configurations of tasks that read text, from training to answers.</summary>
public sealed class PredictTests : IDisposable
{
    private const string Classes = "text_classification";
    private const string Tags = "tagging";
    private const string Sets = "multi_label";
    private const string Pairs = "translation";

    private readonly SmokeRun smoke = new();

    public void Dispose() => smoke.Dispose();

    [Theory]
    [InlineData(Classes)]
    [InlineData(Sets)]
    [InlineData(Tags)]
    [InlineData(Pairs)]
    public void A_model_is_trained_evaluated_asked_and_a_resumed_one_answers_the_same(string task)
    {
        using var rnn = new Rnn();
        var input = InputOf(task);
        SmokeRun.Train(rnn, task, epochs: 2, "part");
        SmokeRun.Train(rnn, task, epochs: 3, "part", resume: true);
        SmokeRun.Train(rnn, task, epochs: 3, "whole");
        var whole = rnn.Done("predict", rnn["whole"], "--input", input, "--scores", "--checkpoint", "last");
        Assert.Equal(whole, rnn.Done("predict", rnn["part"], "--input", input, "--scores", "--checkpoint", "last"));
        Assert.NotEqual(whole, rnn.Done("predict", rnn["part"], "--input", input, "--scores", "--checkpoint", SmokeRun.EarliestCheckpoint(rnn["part"])));
    }

    [Fact]
    public void Classes_are_as_right_as_the_evaluation_says()
    {
        using var rnn = new Rnn();
        SmokeRun.Train(rnn, Classes, epochs: 3, "run");
        var test = File.ReadAllLines(InputOf(Classes))[^80..]; // the last fifth of 400
        var texts = rnn.Write("texts.txt", string.Concat(test.Select(line => line.Split('\t')[1] + "\n")));
        var told = rnn.Done("predict", rnn["run"], "--input", texts).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Metric(rnn, "accuracy"), told.Zip(test, (answer, line) => answer == line.Split('\t')[0] ? 1.0 : 0).Average(), 9);
    }

    [Fact]
    public void Tags_are_as_right_as_the_evaluation_says_and_written_in_the_scheme_of_the_files()
    {
        using var rnn = new Rnn();
        SmokeRun.Train(rnn, Tags, epochs: 1, "run");
        var test = SmokeRun.Toy("names.test.conll");
        var told = rnn.Done("predict", rnn["run"], "--input", test).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var right = string.Join('\n', File.ReadAllLines(test)).Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(sentence => string.Join(' ', sentence.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')[1]))).ToList();
        Assert.Equal(Metric(rnn, "sequence_accuracy"), told.Zip(right, (answer, tags) => answer == tags ? 1.0 : 0).Average(), 9);
        Assert.Equal(right.Count, told.Length);
    }

    [Theory]
    [InlineData(Classes)]
    [InlineData(Sets)]
    [InlineData(Tags)]
    [InlineData(Pairs)]
    public void An_answer_is_what_it_would_be_alone(string task)
    {
        using var rnn = new Rnn();
        SmokeRun.Train(rnn, task, epochs: 1, "run");
        string[] command = ["predict", rnn["run"], "--input", InputOf(task), "--scores", "--format", "jsonl"];
        var together = rnn.Done(command).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var alone = rnn.Done([.. command, "--batch-size", "1"]).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(alone.Length, together.Length);
        Assert.All(together.Zip(alone), pair => AssertSame(JsonDocument.Parse(pair.First).RootElement, JsonDocument.Parse(pair.Second).RootElement));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("0.2")]
    public void Sets_of_classes_are_as_right_as_the_evaluation_says_whatever_the_threshold(string threshold)
    {
        using var rnn = new Rnn();
        SmokeRun.Train(rnn, Sets, epochs: 4, "run", more: ["--set", $"task.threshold={threshold}"]);
        var test = File.ReadAllLines(InputOf(Sets))[^80..]; // the last fifth of 400
        var texts = rnn.Write("texts.csv", "text,topics\n" + string.Concat(test.Select(line => line + "\n")));
        var told = rnn.Done("predict", rnn["run"], "--input", texts, "--format", "jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("labels").EnumerateArray().Select(label => label.GetString()!).Order());
        var whole = told.Zip(test, (set, line) => set.SequenceEqual(line.Split(',')[1].Split(';', StringSplitOptions.RemoveEmptyEntries).Order()) ? 1.0 : 0).Average();
        Assert.Equal(Metric(rnn, "exact_match"), whole, 9);
    }

    [Fact]
    public void A_translation_is_searched_for_or_drawn_and_what_it_looked_at_is_drawn_too()
    {
        using var rnn = new Rnn();
        SmokeRun.Train(rnn, Pairs, epochs: 6, "run");
        const string Lines = "the old cat follows two quick birds .\n\nthe small dog loves two small birds .\n";
        var told = rnn.DoneOn(Lines, "predict", rnn["run"], "--attention", rnn["looked"]).Split('\n');
        Assert.Equal(("kato olda birdoj rapidaj sekvas .", "", 4), (told[0], told[1], told.Length));
        Assert.Equal(["000001.svg", "000003.svg"], Directory.EnumerateFiles(rnn["looked"]).Select(path => Path.GetFileName(path)).Order());
        Assert.Contains("quick", File.ReadAllText(Path.Combine(rnn["looked"], "000001.svg")), StringComparison.Ordinal);
        var best = JsonDocument.Parse(rnn.DoneOn(Lines, "predict", rnn["run"], "--format", "jsonl", "--n-best", "3", "--beam", "4").Split('\n')[0]).RootElement;
        Assert.Equal((told[0], 3), (best.GetProperty("text").GetString(), best.GetProperty("texts").GetArrayLength()));
        string[] drawn = ["predict", rnn["run"], "--temperature", "3", "--seed"];
        Assert.Equal(rnn.DoneOn(Lines, [.. drawn, "1"]), rnn.DoneOn(Lines, [.. drawn, "1", "--batch-size", "1"]));
        Assert.NotEqual(rnn.DoneOn(Lines, [.. drawn, "1"]), rnn.DoneOn(Lines, [.. drawn, "2"]));
        var (exitCode, _, error) = rnn.RunOn(Lines, "predict", rnn["run"], "--beam", "3", "--top-k", "2");
        Assert.Equal(ExitCodes.Mistake, exitCode);
        Assert.Contains("give one or the other", error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_piped_in_is_answered_line_by_line_in_every_format()
    {
        using var rnn = new Rnn();
        SmokeRun.Train(rnn, Classes, epochs: 3, "run");
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
        SmokeRun.Train(rnn, Classes, epochs: 1, "run");
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
        SmokeRun.Train(rnn, Classes, epochs: 1, "run");
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

    private static string InputOf(string task) => SmokeRun.Toy(task switch
    {
        Tags => "names.test.conll",
        Sets => "topics.csv",
        Pairs => "pairs.en",
        _ => "reviews.tsv",
    });

    private static double Metric(Rnn rnn, string name) =>
        JsonDocument.Parse(rnn.Done("evaluate", rnn["run"], "--split", "test", "--json")).RootElement.GetProperty("metrics").GetProperty(name).GetDouble();

    private static void AssertSame(JsonElement one, JsonElement other)
    {
        Assert.Equal(one.ValueKind, other.ValueKind);
        if (one.ValueKind == JsonValueKind.Object) Assert.All(one.EnumerateObject(), field => AssertSame(field.Value, other.GetProperty(field.Name)));
        else if (one.ValueKind == JsonValueKind.Array) Assert.All(one.EnumerateArray().Zip(other.EnumerateArray()), pair => AssertSame(pair.First, pair.Second));
        else if (one.ValueKind == JsonValueKind.Number) Assert.Equal(one.GetDouble(), other.GetDouble(), 1e-5 * Math.Max(2, Math.Abs(one.GetDouble()))); // six digits are written
        else Assert.Equal(one.GetRawText(), other.GetRawText());
    }
}
