using System.CommandLine;
using RnnTrain.Composition;
using RnnTrain.Configuration;
using RnnTrain.Reports;
using RnnTrain.Runs;

namespace RnnTrain.Commands;

/// <summary>`rnn report [RUN|NAME …]`: runs side by side, with mean and deviation over seeds.</summary>
public static class ReportCommand
{
    public static Command Create(Terminal terminal)
    {
        var names = new Argument<string[]>("runs") { Description = "Run folders, or names: then all runs of that name. All runs there are if none is given.", Arity = ArgumentArity.ZeroOrMore };
        var runsRoot = SharedOptions.RunsRoot();
        var metric = new Option<string>("--metric") { Description = "The metric that the table and the chart show.", HelpName = "NAME", DefaultValueFactory = _ => "loss" };
        var json = SharedOptions.Json();
        var csv = new Option<bool>("--csv") { Description = "Prints CSV, one measured number a line." };
        var chart = new Option<string?>("--chart") { Description = "Writes the learning curves as an SVG chart besides.", HelpName = "FILE" };
        var command = new Command("report", "Shows runs side by side: metrics, steps, time, parameters; mean and deviation over seeds.") { names, runsRoot, metric, json, csv, chart };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(json) && parsed.GetValue(csv)) throw new UserMistakeException("--json and --csv exclude each other: choose one");
            var runs = Read(parsed.GetValue(names) ?? [], parsed.GetRequiredValue(runsRoot));
            var shown = parsed.GetRequiredValue(metric);
            RequireMeasured(runs, shown);
            if (parsed.GetValue(json)) RunTable.WriteJson(terminal.Output, runs);
            else if (parsed.GetValue(csv)) RunTable.WriteCsv(terminal.Output, runs);
            else RunTable.Write(terminal.Output, runs, shown);
            if (parsed.GetValue(chart) is { } file) WriteChart(file, LearningCurves.Of(runs, shown));
            return ExitCodes.Done;
        });
        return command;
    }

    private static IReadOnlyList<RunSummary> Read(IReadOnlyList<string> names, string root)
    {
        if (names.Count == 0) names = RunFolder.Names(root);
        if (names.Count == 0) throw new UserMistakeException($"{root}: no runs are in it; train one, or name the folder of all runs: --runs FOLDER");
        return
        [
            .. names.SelectMany(name => RunFolder.OpenAll(name, root)).DistinctBy(folder => Path.GetFullPath(folder.Path))
                .Select(RunSummary.Read),
        ];
    }

    private static void RequireMeasured(IReadOnlyList<RunSummary> runs, string metric)
    {
        var known = runs.SelectMany(run => run.Best?.Values.Concat(run.Test?.Values ?? []) ?? []).Select(value => value.Name).Distinct().ToArray();
        if (known.Length == 0 || known.Contains(metric)) return;
        throw new UserMistakeException($"--metric: '{metric}' was not measured in any of these runs; there are {string.Join(", ", known)}");
    }

    private static void WriteChart(string file, LineChart chart)
    {
        try
        {
            AtomicFile.Write(file, chart.ToSvg());
        }
        catch (Exception error) when (StorageFailure.Is(error))
        {
            throw StorageFailure.Explain(error, file, "give --chart a writable place");
        }
    }
}
