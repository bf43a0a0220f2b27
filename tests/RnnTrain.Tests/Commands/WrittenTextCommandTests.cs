using System.Text.Json;
using RnnTrain.Commands;
using RnnTrain.Metrics.Text;

namespace RnnTrain.Tests.Commands;

/// <summary>Commands on models that read a text and write another.</summary>
public sealed class WrittenTextCommandTests
{
    private const string Config = """
        name: tiny
        device: cpu
        threads: 1
        task: {type: sequence_to_sequence}
        data:
          format: {type: parallel_text, source: en, target: xx}
          train: pairs.{side}
          test: pairs.test.{side}
          tokens: {type: words}
          batching: {type: examples, batch_size: 16}
        model:
          embedding_size: 12
          cell: {type: gru}
          hidden_size: 16
          bidirectional: true
          decoder: {attention: {type: general}}
        training:
          epochs: 4
          optimizer: {type: adam, learning_rate: 0.02}
          log_every: 100
        decoding: {beam: 3, maximum_length: 12}
        """;

    private static readonly string[] Words = ["ba", "Do", "gi", "mu", "ne,", "po."];

    [Fact]
    public void What_is_written_for_a_split_is_measured_told_kept_and_left_in_a_file()
    {
        using var rnn = Trained();
        var references = File.ReadAllLines(rnn["pairs.test.xx"]);
        using var told = JsonDocument.Parse(rnn.Done("evaluate", "tiny", "--json", "--output", rnn["written.txt"]));
        var written = File.ReadAllLines(rnn["written.txt"]);
        Assert.Equal(references.Length, written.Length);
        var metrics = new TextMetrics();
        foreach (var (hypothesis, reference) in written.Zip(references)) metrics.Add(hypothesis, reference);
        foreach (var metric in metrics.All)
        {
            Assert.Equal(metric.Value, told.RootElement.GetProperty("metrics").GetProperty(metric.Name).GetDouble(), 1e-9);
            Assert.Equal(metric.Signature, told.RootElement.GetProperty("signatures").GetProperty(metric.Name).GetString());
        }

        Assert.Contains("nrefs:1|case:lc|eff:no|tok:13a|smooth:exp", rnn.Done("evaluate", "tiny"), StringComparison.Ordinal);
        var kept = File.ReadAllText(Path.Combine(rnn.NewestRun(), "evaluations.csv"));
        Assert.Contains("bleu_lower_case", kept, StringComparison.Ordinal);
        Assert.Contains("perplexity", kept, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_way_of_decoding_gives_other_texts_and_is_not_kept_as_the_runs_own()
    {
        using var rnn = Trained();
        rnn.Done("evaluate", "tiny", "--output", rnn["long.txt"], "--set", "decoding.minimum_length=9", "--set", "decoding.beam=1");
        Assert.All(File.ReadAllLines(rnn["long.txt"]), line => Assert.InRange(line.Split(' ').Length, 9, 12));
        Assert.False(File.Exists(Path.Combine(rnn.NewestRun(), "evaluations.csv")));
    }

    [Theory]
    [InlineData("parallel_text, source: xx, target: en", "sequence_to_sequence")]
    [InlineData("plain_text", "language_modeling")]
    public void A_second_run_chooses_among_the_texts_found(string format, string task)
    {
        using var rnn = Trained();
        var second = Config.Replace("name: tiny", "name: second", StringComparison.Ordinal)
            .Replace("parallel_text, source: en, target: xx", format, StringComparison.Ordinal).Replace("sequence_to_sequence", task, StringComparison.Ordinal);
        if (task == "language_modeling")
        {
            second = second.Replace("{side}", "xx", StringComparison.Ordinal).Replace("{type: examples, batch_size: 16}", "{type: stream, batch_size: 2, steps: 8}", StringComparison.Ordinal)
                .Replace("{type: words}", "{type: words, end_of_line: <eos>}", StringComparison.Ordinal).Replace("  bidirectional: true\n  decoder: {attention: {type: general}}\n", "", StringComparison.Ordinal)
                .Replace("decoding: {beam: 3, maximum_length: 12}", "", StringComparison.Ordinal);
        }

        rnn.Done("train", rnn.Write("second.yaml", second));
        rnn.Done("evaluate", "tiny", "--output", rnn["alone.txt"]);
        rnn.Done("evaluate", "tiny", "--output", rnn["light.txt"], "--set", "decoding.reranking.run=second", "--set", "decoding.reranking.weight=0", "--set", "decoding.length_penalty=0");
        rnn.Done("evaluate", "tiny", "--output", rnn["heavy.txt"], "--set", "decoding.reranking.run=second", "--set", "decoding.reranking.weight=20");
        rnn.Done("evaluate", "tiny", "--output", rnn["plain.txt"], "--set", "decoding.length_penalty=0");
        Assert.Equal(File.ReadAllText(rnn["plain.txt"]), File.ReadAllText(rnn["light.txt"])); // both rank by ln p alone
        Assert.NotEqual(File.ReadAllText(rnn["alone.txt"]), File.ReadAllText(rnn["heavy.txt"]));
    }

    [Fact]
    public void What_cannot_be_is_said_in_one_line()
    {
        using var rnn = new Rnn();
        var config = rnn.Write("tiny.yaml", Rnn.Config + "\ndecoding: {beam: 2}\n");
        var (exitCode, _, error) = rnn.Run("check", config);
        Assert.Equal(ExitCodes.Mistake, exitCode);
        Assert.Contains("decoding: no text is written with this format; remove the block", error, StringComparison.Ordinal);
        (exitCode, _, error) = rnn.Run("check", rnn.Write("tiny.yaml", Config.Replace("beam: 3", "minimum_length: 20", StringComparison.Ordinal)));
        Assert.Equal(ExitCodes.Mistake, exitCode);
        Assert.Contains("decoding.minimum_length: 20 is more than maximum_length, 12", error, StringComparison.Ordinal);
        rnn.Done("train", rnn["config.yaml"]);
        (exitCode, _, error) = rnn.Run("evaluate", "tiny", "--output", rnn["x.txt"]);
        Assert.Equal(ExitCodes.Mistake, exitCode);
        Assert.Contains("--output: this run writes no texts", error, StringComparison.Ordinal);
    }

    /// <summary>Words come out in capitals: 200 pairs, and 20 for the test.</summary>
    private static Rnn Trained()
    {
        var rnn = new Rnn();
        foreach (var (name, first, count) in new[] { ("pairs", 0, 200), ("pairs.test", 200, 20) })
        {
            string[] read = [.. Enumerable.Range(first, count).Select(line => string.Join(' ', Enumerable.Range(0, 1 + line % 5).Select(place => Words[(line * 7 + place * (1 + line % 3)) % 6])))];
            rnn.Write($"{name}.en", string.Concat(read.Select(line => line + "\n")));
            rnn.Write($"{name}.xx", string.Concat(read.Select(line => line.ToUpperInvariant() + "\n")));
        }

        rnn.Done("train", rnn.Write("tiny.yaml", Config));
        return rnn;
    }
}
