using System.CommandLine;
using RnnTrain.Composition;
using RnnTrain.Configuration;
using RnnTrain.Runs;

namespace RnnTrain.Commands;

/// <summary>Arguments and options that several commands have, each made anew for each command.</summary>
public static class SharedOptions
{
    public static Argument<string> ConfigFile() => new("config") { Description = "The experiment: a YAML or JSON file." };

    public static Argument<string> Run() => new("run") { Description = "A run folder, or a name: then the newest run of that name." };

    public static Option<string[]> Sets() => new("--set")
    {
        Description = "Overrides a key: --set training.epochs=3. May be given several times.",
        HelpName = "KEY=VALUE",
        AllowMultipleArgumentsPerToken = false,
    };

    public static Option<string> DataRoot() => new("--data-root")
    {
        Description = "The folder at which relative data paths start. Default: $RNN_DATA, else `data`.",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("RNN_DATA") is { Length: > 0 } folder ? folder : "data",
    };

    public static Option<string> RunsRoot() => new("--runs")
    {
        Description = "The folder of all runs.",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => RunFolder.DefaultRoot,
    };

    public static Option<string> Checkpoint() => new("--checkpoint")
    {
        Description = "best, last, or the step of a checkpoint.",
        HelpName = "best|last|STEP",
        DefaultValueFactory = _ => "best",
    };

    public static Option<bool> Json() => new("--json") { Description = "Prints one JSON object for machines." };

    /// <summary>Reads a configuration file with its overrides.</summary>
    public static LoadedConfig Load(string path, string[]? sets) => ConfigLoader.Load(path, sets ?? [], Registries.All);
}
