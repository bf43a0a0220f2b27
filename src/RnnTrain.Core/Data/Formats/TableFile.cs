using System.Globalization;
using RnnTrain.Configuration;
using RnnTrain.Data.Examples;

namespace RnnTrain.Data.Formats;

/// <summary>The rows of a table: CSV as RFC 4180 describes it, or columns between any other character, or a JSON object a line.</summary>
internal sealed class TableFile(TableLayout layout, IReadOnlyList<TableColumn> columns)
{
    /// <summary>The rows of a file one after another.</summary>
    /// <exception cref="UserMistakeException">While rows are taken: a column is missing, or a row is none; names file and line.</exception>
    public IEnumerable<TableRow> Read(DataPath path, string key) => TableLayout.IsJson(path.FullPath)
        ? new JsonRows(columns, key).Read(TextLines.Read(path, key))
        : ReadDelimited(path, key);

    private IEnumerable<TableRow> ReadDelimited(DataPath path, string key)
    {
        var (delimiter, quotes) = layout.Of(path.Shown, key);
        int[]? places = null;
        var width = 0;
        foreach (var (place, fields) in new DelimitedRows(delimiter, quotes, key).Read(TextLines.Read(path, key)))
        {
            if (places is null)
            {
                (places, width) = (Places(fields, $"{key}: {place}"), fields.Count);
                if (layout.Header) continue;
            }

            if (fields.Count != width) throw Ragged(place, fields, width, delimiter, key);
            yield return new TableRow(place, [.. places.Select(column => new TableCell(fields[column]))]);
        }
    }

    private UserMistakeException Ragged(TextPlace place, IReadOnlyList<string> fields, int width, char delimiter, string key) => new(
        $"{key}: {place}: {Shown.Count(fields.Count, "column")}, and {(layout.Header ? "the header" : "the first row")} has {width}: "
        + $"{Shown.Text(string.Join(delimiter, fields))}; give every row as many");

    private int[] Places(IReadOnlyList<string> first, string where) =>
        [.. columns.Select(column => layout.Header ? PlaceOfName(first, column, where) : PlaceOfNumber(first, column, where))];

    private static int PlaceOfName(IReadOnlyList<string> header, TableColumn column, string where)
    {
        var named = Enumerable.Range(0, header.Count).Where(place => header[place].Trim() == column.Name).ToList();
        return named.Count switch
        {
            1 => named[0],
            0 => throw new UserMistakeException(
                $"{where}: there is no column '{column.Name}'; this header names {string.Join(", ", header.Select(name => $"'{name.Trim()}'"))}; set {column.Key} to one of them"),
            _ => throw new UserMistakeException($"{where}: this header names {named.Count} columns '{column.Name}'; rename all but one"),
        };
    }

    private static int PlaceOfNumber(IReadOnlyList<string> row, TableColumn column, string where)
    {
        var number = int.Parse(column.Name, CultureInfo.InvariantCulture);
        return number <= row.Count
            ? number - 1
            : throw new UserMistakeException($"{where}: there is no column {number}, since this row has {Shown.Count(row.Count, "column")}; set {column.Key} to at most {row.Count}");
    }
}
