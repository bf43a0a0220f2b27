using System.Text.Json;
using RnnTrain.Configuration;
using RnnTrain.Data.Examples;

namespace RnnTrain.Data.Formats;

/// <summary>Rows that are a JSON object a line. A column is a key, or keys of objects within objects joined by dots. Empty lines are passed over.</summary>
internal sealed class JsonRows(IReadOnlyList<TableColumn> columns, string key)
{
    /// <exception cref="UserMistakeException">While rows are taken: a line is no object, or lacks a key; names file and line.</exception>
    public IEnumerable<TableRow> Read(IEnumerable<TextLine> lines)
    {
        foreach (var line in lines)
        {
            if (string.IsNullOrWhiteSpace(line.Text)) continue;
            using var document = Parse(line, key);
            var row = document.RootElement;
            yield return new TableRow(line.Place, [.. columns.Select(column => Cell(row, column, line.Place))]);
        }
    }

    /// <summary>The object of a line.</summary>
    internal static JsonDocument Parse(TextLine line, string key)
    {
        try
        {
            var document = JsonDocument.Parse(line.Text);
            if (document.RootElement.ValueKind == JsonValueKind.Object) return document;
            document.Dispose();
        }
        catch (JsonException)
        {
            // Said below.
        }

        throw new UserMistakeException($"{key}: {line.Place}: {Shown.Text(line.Text)} is no JSON object; write one object a line, such as {{\"text\": \"…\"}}");
    }

    /// <summary>What stands under a name, or under names joined by dots.</summary>
    internal static bool TryFind(JsonElement row, string name, out JsonElement value)
    {
        if (row.TryGetProperty(name, out value)) return true;
        value = row;
        foreach (var part in name.Split('.'))
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(part, out value)) return false;
        }

        return true;
    }

    /// <summary>A text, number or truth value as text; null for what is none of these.</summary>
    internal static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };

    /// <summary>The keys of an object, for messages.</summary>
    internal static string Keys(JsonElement row) => string.Join(", ", row.EnumerateObject().Select(property => $"'{property.Name}'"));

    private TableCell Cell(JsonElement row, TableColumn column, TextPlace place)
    {
        if (!TryFind(row, column.Name, out var value))
        {
            throw new UserMistakeException(
                $"{key}: {place}: there is no '{column.Name}' in this object, whose keys are {Keys(row)}; set {column.Key} to one of them");
        }

        if (TextOf(value) is { } text) return new TableCell(text);
        if (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().Select(TextOf).ToList() is var items && !items.Contains(null))
            return new TableCell("", [.. items.OfType<string>()]);
        throw new UserMistakeException($"{key}: {place}: '{column.Name}' is {Shown.Text(value.GetRawText())}; write a text, or a list of texts");
    }
}
