using System.Globalization;
using RnnTrain.Metrics;

namespace RnnTrain.Commands;

/// <summary>What a split was measured by, for people and for machines.</summary>
internal static class ScoreReport
{
    private const int MostColumns = 12; // of a table on a terminal
    private const int SignatureGap = 14; // characters for a number

    /// <summary>Numbers one a line, then tables that are not too wide.</summary>
    public static void Write(TextWriter output, SplitScores scores)
    {
        var width = Math.Max(16, scores.Values.Max(value => value.Name.Length));
        foreach (var value in scores.Values)
        {
            var line = string.Create(CultureInfo.InvariantCulture, $"  {value.Name.PadRight(width)} {value.Value:G7}");
            output.WriteLine(scores.Signatures.TryGetValue(value.Name, out var signature) ? $"{line.PadRight(width + SignatureGap)} {signature}" : line);
        }

        foreach (var table in scores.Tables) Write(output, table);
    }

    /// <summary>Metrics by their name, and tables by theirs, row and column: JSON knows neither infinity nor NaN, so these are null.</summary>
    public static IEnumerable<KeyValuePair<string, object>> Json(SplitScores scores)
    {
        yield return new("metrics", scores.Values.ToDictionary(value => value.Name, value => Finite(value.Value)));
        if (scores.Signatures.Count > 0) yield return new("signatures", scores.Signatures);
        foreach (var table in scores.Tables)
        {
            yield return new(table.Name, table.Rows.ToDictionary(
                row => row.Label,
                row => table.Columns.Zip(row.Values).ToDictionary(cell => cell.First, cell => Finite(cell.Second))));
        }
    }

    private static void Write(TextWriter output, ScoreTable table)
    {
        output.WriteLine($"{table.Title}:");
        if (table.Columns.Count > MostColumns)
        {
            output.WriteLine($"  {table.Rows.Count} rows and {table.Columns.Count} columns are too wide for here; see {table.Name}.csv or --json");
            return;
        }

        var measured = table.Rows.Where(row => !row.Values.Any(double.IsNaN)); // without bins that nothing is in
        string[][] cells = [[table.Corner, .. table.Columns], .. measured.Select(row => (string[])[row.Label, .. row.Values.Select(Text)])];
        int[] widths = [.. Enumerable.Range(0, cells[0].Length).Select(column => cells.Max(row => row[column].Length))];
        foreach (var row in cells)
            output.WriteLine($"  {row[0].PadRight(widths[0])}  {string.Join("  ", row.Skip(1).Select((cell, column) => cell.PadLeft(widths[column + 1])))}");
    }

    private static string Text(double value) => value == Math.Floor(value) && Math.Abs(value) < 1e15
        ? value.ToString("F0", CultureInfo.InvariantCulture) : value.ToString("F4", CultureInfo.InvariantCulture);

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
