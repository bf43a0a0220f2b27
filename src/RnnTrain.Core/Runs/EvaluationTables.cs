using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using RnnTrain.Metrics;

namespace RnnTrain.Runs;

/// <summary>The tables of an evaluation, a CSV file each: `evaluations/&lt;step&gt;/&lt;split&gt;/confusion.csv`.</summary>
public static class EvaluationTables
{
    private static readonly CsvConfiguration Dialect = new(CultureInfo.InvariantCulture) { NewLine = "\n" };

    /// <summary>Writes them, over those of an earlier evaluation of the same checkpoint and split.</summary>
    /// <returns>The files.</returns>
    /// <exception cref="Configuration.UserMistakeException">The disk does not take them.</exception>
    public static IReadOnlyList<string> Write(RunFolder run, long step, string split, IReadOnlyList<ScoreTable> tables)
    {
        if (tables.Count == 0) return [];
        var folder = run.EvaluationFolder(step, split);
        try
        {
            Directory.CreateDirectory(folder);
            var files = tables.Select(table => (Path: Path.Combine(folder, $"{table.Name}.csv"), Table: table)).ToList();
            foreach (var (path, table) in files) AtomicFile.Write(path, Csv(table));
            return [.. files.Select(file => file.Path)];
        }
        catch (Exception error) when (StorageFailure.Is(error))
        {
            throw StorageFailure.Explain(error, folder, "what was measured stands above all the same");
        }
    }

    /// <summary>The head of the columns, then a line a row; an empty field where there is no number.</summary>
    public static string Csv(ScoreTable table)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using var csv = new CsvWriter(text, Dialect);
        foreach (var head in table.Columns.Prepend(table.Corner)) csv.WriteField(head);
        csv.NextRecord();
        foreach (var row in table.Rows)
        {
            csv.WriteField(row.Label);
            foreach (var value in row.Values) csv.WriteField(double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : "");
            csv.NextRecord();
        }

        csv.Flush();
        return text.ToString();
    }
}
