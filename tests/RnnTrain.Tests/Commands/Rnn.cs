using System.Text;
using RnnTrain.Commands;

namespace RnnTrain.Tests.Commands;

/// <summary>`rnn` in this process, in a folder of its own with a small text and a configuration that trains in a second.</summary>
internal sealed class Rnn : IDisposable
{
    public const string Config = """
        name: tiny
        device: cpu
        threads: 1
        task: {type: language_modeling}
        data:
          format: {type: plain_text}
          train: text.txt
          split: {validation: 0.2, test: 0.1}
          tokens: {type: characters}
          batching: {type: stream, batch_size: 4, steps: 10}
        model:
          embedding_size: 6
          cell: {type: lstm}
          hidden_size: 8
        training:
          epochs: 2
          optimizer: {type: adam, learning_rate: 0.01}
          log_every: 5
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rnn-cli");

    public Rnn()
    {
        Write("text.txt", string.Concat(Enumerable.Range(0, 60).Select(i => $"the {i % 7} cats sat on {i % 5} mats.\n")));
        Write("config.yaml", Config);
    }

    public string this[string name] => Path.Combine(folder.FullName, name);

    public string Write(string name, string content)
    {
        File.WriteAllText(this[name], content);
        return this[name];
    }

    /// <summary>Runs a command; `--data-root` and `--runs` are added where the command has them.</summary>
    public (int ExitCode, string Output, string Error) Run(params string[] arguments) => RunOn(input: "", arguments);

    /// <summary>The same with something piped in.</summary>
    public (int ExitCode, string Output, string Error) RunOn(string input, params string[] arguments)
    {
        List<string> all = [.. arguments];
        if (arguments[0] is "train" or "evaluate" or "check" or "inspect" or "bench" or "diagnose") all.AddRange(["--data-root", folder.FullName]);
        if (arguments[0] is "train" or "evaluate" or "generate" or "inspect" or "report" or "diagnose" or "predict" or "chat") all.AddRange(["--runs", this["runs"]]);
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = CommandLine.Run(all, output, error, () => new MemoryStream(Encoding.UTF8.GetBytes(input)));
        return (exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Runs a command that must succeed, and gives back what it printed.</summary>
    public string Done(params string[] arguments) => DoneOn(input: "", arguments);

    /// <summary>The same with something piped in.</summary>
    public string DoneOn(string input, params string[] arguments)
    {
        var (exitCode, output, error) = RunOn(input, arguments);
        Assert.True(exitCode == ExitCodes.Done, $"rnn {string.Join(' ', arguments)} gave {exitCode}: {error}");
        return output;
    }

    /// <summary>The folder of the newest run.</summary>
    public string NewestRun() => Directory.EnumerateDirectories(this["runs/tiny"]).Max(StringComparer.Ordinal)!;

    public void Dispose() => folder.Delete(recursive: true);
}
