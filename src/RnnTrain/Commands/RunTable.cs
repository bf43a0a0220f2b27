using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;
using RnnTrain.Reports;

namespace RnnTrain.Commands;

/// <summary>What `rnn report` prints.</summary>
public static class RunTable
{
    private const string Missing = "-";

    // letters beyond ASCII as they are: no web page holds it
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>For people: one line a run, and one with mean ± deviation where several differ by the seed alone.</summary>
    public static void Write(TextWriter output, IReadOnlyList<RunSummary> runs, string metric)
    {
        List<string[]> rows = [["run", "seed", "parameters", "steps", "time", $"best validation {metric}", "last", "test"]];
        foreach (var group in RunGroup.Of(runs))
        {
            rows.AddRange(group.Runs.Select(run => Row(run, metric)));
            if (group.Runs.Count > 1) rows.Add(Row(group, metric));
        }
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
        {
            var cells = row.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
            output.WriteLine(string.Join("  ", cells).TrimEnd());
        }
    }

    /// <summary>For machines: tidy, one measured number a line.</summary>
    public static void WriteCsv(TextWriter output, IReadOnlyList<RunSummary> runs)
    {
        using var csv = new CsvWriter(output, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" }, leaveOpen: true);
        foreach (var column in new[] { "name", "run", "seed", "parameters", "steps", "training_seconds", "at", "step", "metric", "value" }) csv.WriteField(column);
        csv.NextRecord();
        foreach (var run in runs)
        {
            foreach (var (at, score) in Scores(run))
            {
                foreach (var value in score.Values)
                {
                    foreach (var field in new object?[] { run.Name, run.Path, run.Seed, run.Parameters, run.Steps, run.TrainingSeconds, at, score.Step, value.Name, value.Value.ToString("R", CultureInfo.InvariantCulture) }) csv.WriteField(field);
                    csv.NextRecord();
                }
            }
        }
        csv.Flush();
    }

    /// <summary>For machines: one JSON object of runs, and of groups that differ by the seed alone.</summary>
    public static void WriteJson(TextWriter output, IReadOnlyList<RunSummary> runs) => output.WriteLine(JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["runs"] = runs.Select(run => new Dictionary<string, object?>
        {
            ["name"] = run.Name,
            ["run"] = run.Path,
            ["seed"] = run.Seed,
            ["parameters"] = run.Parameters,
            ["steps"] = run.Steps,
            ["training_seconds"] = run.TrainingSeconds,
            ["best"] = Json(run.Best),
            ["last"] = Json(run.Last),
            ["test"] = Json(run.Test),
        }),
        ["groups"] = RunGroup.Of(runs).Select(group => new Dictionary<string, object?>
        {
            ["name"] = group.Name,
            ["seeds"] = group.Runs.Select(run => run.Seed),
            ["best"] = Json(group.Best),
            ["last"] = Json(group.Last),
            ["test"] = Json(group.Test),
        }),
    }, Readable));

    private static string[] Row(RunSummary run, string metric) =>
    [
        run.Path,
        Invariant($"{run.Seed}"),
        Invariant($"{run.Parameters:N0}"),
        Invariant($"{run.Steps:N0}"),
        run.TrainingSeconds is { } seconds ? Time(seconds) : Missing,
        Number(run.Best?.Find(metric)) + (run.Best is { } best ? Invariant($" (step {best.Step:N0})") : ""),
        Number(run.Last?.Find(metric)),
        Number(run.Test?.Find(metric)),
    ];

    private static string[] Row(RunGroup group, string metric) =>
    [
        Invariant($"{group.Name}: mean ± deviation of {group.Runs.Count}"),
        "",
        "",
        "",
        group.Runs.All(run => run.TrainingSeconds is not null) ? Time(group.Runs.Average(run => run.TrainingSeconds!.Value)) : Missing,
        Spread(group.Best, metric),
        Spread(group.Last, metric),
        Spread(group.Test, metric),
    ];

    private static string Spread(IReadOnlyList<(string Metric, SeedSpread Spread)> spreads, string metric)
    {
        var found = spreads.Where(spread => spread.Metric == metric).Select(spread => spread.Spread).ToArray();
        if (found.Length == 0) return Missing;
        return found[0].Count == 1 ? Number(found[0].Mean) : $"{Number(found[0].Mean)} ± {found[0].Deviation.ToString("G2", CultureInfo.InvariantCulture)}";
    }

    private static string Number(double? value) => value is { } number ? number.ToString("G5", CultureInfo.InvariantCulture) : Missing;

    private static string Time(double seconds) => TimeSpan.FromSeconds(Math.Round(seconds)).ToString("c", CultureInfo.InvariantCulture);

    private static IEnumerable<(string At, RunScore Score)> Scores(RunSummary run)
    {
        if (run.Best is { } best) yield return ("best", best);
        if (run.Last is { } last) yield return ("last", last);
        if (run.Test is { } test) yield return ("test", test);
    }

    private static Dictionary<string, object?>? Json(RunScore? score) => score is null ? null : new()
    {
        ["step"] = score.Step,
        ["metrics"] = score.Values.ToDictionary(value => value.Name, value => Finite(value.Value)),
    };

    private static Dictionary<string, object?> Json(IReadOnlyList<(string Metric, SeedSpread Spread)> spreads) => spreads.ToDictionary(
        spread => spread.Metric,
        object? (spread) => new Dictionary<string, object?> { ["runs"] = spread.Spread.Count, ["mean"] = Finite(spread.Spread.Mean), ["deviation"] = Finite(spread.Spread.Deviation) });

    /// <summary>JSON knows neither NaN nor infinities.</summary>
    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
