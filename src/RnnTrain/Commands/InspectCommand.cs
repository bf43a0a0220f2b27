using System.CommandLine;
using RnnTrain.Checkpoints;
using RnnTrain.Composition;
using RnnTrain.Data;
using RnnTrain.Runs;

namespace RnnTrain.Commands;

/// <summary>`rnn inspect RUN|CONFIG`: a model in numbers.</summary>
public static class InspectCommand
{
    public static Command Create(Terminal terminal)
    {
        var target = new Argument<string>("run|config") { Description = "A run folder or name, or a configuration file." };
        var sets = SharedOptions.Sets();
        var dataRoot = SharedOptions.DataRoot();
        var runsRoot = SharedOptions.RunsRoot();
        var command = new Command("inspect", "Prints layers, shapes, parameters, multiply-adds and memory of a model.") { target, sets, dataRoot, runsRoot };
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(target);
            var isFile = File.Exists(path) || Path.GetExtension(path) is ".yaml" or ".yml" or ".json";
            var folder = isFile ? null : RunFolder.Open(path, parsed.GetRequiredValue(runsRoot));
            var config = SharedOptions.Load(folder?.ConfigFile ?? path, parsed.GetValue(sets)).Config;
            var vocabulary = config.Data.Format.Targets is null ? folder?.ReadLexicon()?.Tokens : null;
            var data = vocabulary is null ? ExperimentData.Read(config, parsed.GetRequiredValue(dataRoot), folder?.ReadLexicon()) : null; // a run of running text knows enough
            if (folder is not null) terminal.Output.WriteLine($"run              {folder.Path}");
            foreach (var (name, text) in data?.Describe() ?? [("vocabulary", $"{vocabulary!.Size}")]) terminal.Output.WriteLine($"{name,-16} {text}");
            var summary = data is null ? DataSummary.Model(config, vocabulary!.Size) : DataSummary.Model(config, data);
            ModelReport.Write(terminal.Output, config, summary, DataSummary.BatchSizes(config, data));
            if (folder is not null && !config.Model.Cell.MakesNetwork) ModelReport.WriteTables(terminal.Output, CheckpointStore.Open(folder.CheckpointFolder));
            return ExitCodes.Done;
        });
        return command;
    }
}
