using System.Globalization;

namespace RnnTrain.Tests.Commands;

/// <summary>The smoke configurations of tasks on text, trained in a moment. Tells them where their data is for as long as it lives.</summary>
internal sealed class SmokeRun : IDisposable
{
    private const string Home = "RNN_HOME";

    private readonly string? home = Environment.GetEnvironmentVariable(Home);

    public SmokeRun()
    {
        Repository.RequireSources();
        Environment.SetEnvironmentVariable(Home, Repository.Root);
    }

    /// <summary>A file of data/toy.</summary>
    public static string Toy(string name) => Path.Combine(Repository.Root, "data", "toy", name);

    /// <summary>Trains configs/smoke/<paramref name="task"/>.yaml in the folder <paramref name="run"/> of <paramref name="rnn"/>, or goes on with it.</summary>
    public static void Train(Rnn rnn, string task, int epochs, string run, bool resume = false, string[]? more = null) => rnn.Done([
        "train", Path.Combine(Repository.Root, "configs", "smoke", $"{task}.yaml"), "--quiet", "--set", $"training.epochs={epochs}",
        "--set", "threads=1", "--set", "device=cpu", resume ? "--resume" : "--run-dir", rnn[run], .. more ?? []]);

    /// <summary>The step of a run's oldest checkpoint.</summary>
    public static string EarliestCheckpoint(string run) => Directory.EnumerateDirectories(Path.Combine(run, "checkpoints"))
        .Select(path => int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture)).Min().ToString(CultureInfo.InvariantCulture);

    public void Dispose() => Environment.SetEnvironmentVariable(Home, home);
}
