using System.Text.Json;
using RnnTrain.Configuration;
using RnnTrain.Data.Examples;
using RnnTrain.Data.Formats;

namespace RnnTrain.Data.Inputs;

/// <summary>Texts to be answered, one after the other, out of lines of any kind.</summary>
public static class InputReader
{
    /// <summary>The texts. One that is empty stands for itself, so that each input has its answer.</summary>
    /// <param name="lines">Lines of a file or a pipe.</param>
    /// <param name="kind">What they hold.</param>
    /// <param name="fields">Where the text stands in them.</param>
    /// <exception cref="UserMistakeException">A line does not hold what its kind says; names file and line.</exception>
    public static IEnumerable<TextExample> Read(IEnumerable<TextLine> lines, InputKind kind, InputFields fields) => kind switch
    {
        InputKind.Jsonl => lines.Select(line => OfJson(line, fields)),
        InputKind.Csv => OfRows(lines, ',', fields),
        InputKind.Tsv => OfRows(lines, '\t', fields),
        InputKind.Conll => OfSentences(lines, fields),
        _ => lines.Select(line => Of(line.Place, line.Text, fields)),
    };

    private static TextExample Of(TextPlace place, string text, InputFields fields) => new()
    {
        Place = place,
        Text = text,
        Words = fields.AsWords ? text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) : null,
    };

    private static TextExample OfJson(TextLine line, InputFields fields)
    {
        if (string.IsNullOrWhiteSpace(line.Text)) return Of(line.Place, "", fields);
        try
        {
            using var document = JsonDocument.Parse(line.Text);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.String) return Of(line.Place, root.GetString()!, fields);
            if (root.ValueKind != JsonValueKind.Object) throw Mistake(line, "no JSON object", $"write {{\"{fields.Text[0]}\": \"…\"}}");
            foreach (var name in fields.AsWords ? ["words", .. fields.Text] : fields.Text)
            {
                if (JsonRows.TryFind(root, name, out var value)) return OfValue(line, name, value, fields);
            }

            var there = string.Join(", ", root.EnumerateObject().Select(property => property.Name));
            throw Mistake(line, $"no field {Names(fields)}", there.Length == 0 ? "the object is empty" : $"there is {there}; --field NAME takes another");
        }
        catch (JsonException fault)
        {
            throw Mistake(line, $"not JSON (column {fault.BytePositionInLine + 1})", "each line holds one object");
        }
    }

    private static TextExample OfValue(TextLine line, string name, JsonElement value, InputFields fields) => value.ValueKind switch
    {
        JsonValueKind.String => Of(line.Place, value.GetString()!, fields),
        JsonValueKind.Null => Of(line.Place, "", fields),
        JsonValueKind.Array when fields.AsWords && value.EnumerateArray().All(word => word.ValueKind == JsonValueKind.String) =>
            new TextExample { Place = line.Place, Words = [.. value.EnumerateArray().Select(word => word.GetString()!)] },
        _ => throw Mistake(line, $"{name} is {value.ValueKind.ToString().ToLowerInvariant()}", fields.AsWords ? "write a string, or a list of words" : "write a string"),
    };

    private static IEnumerable<TextExample> OfRows(IEnumerable<TextLine> lines, char delimiter, InputFields fields)
    {
        IReadOnlyList<string>? header = null;
        var column = 0;
        foreach (var (place, cells) in new DelimitedRows(delimiter, quotes: delimiter != '\t', InputFile.Key).Read(lines))
        {
            if (header is null)
            {
                header = [.. cells.Select(cell => cell.Trim())];
                column = fields.Text.Select(name => header.ToList().IndexOf(name)).FirstOrDefault(index => index >= 0, -1);
                if (column < 0) throw new UserMistakeException($"{place}: no column {Names(fields)}; there is {string.Join(", ", header)}; --field NAME takes another");
            }
            else if (cells.Count == header.Count)
            {
                yield return Of(place, cells[column], fields);
            }
            else
            {
                throw new UserMistakeException($"{place}: {Shown.Count(cells.Count, "cell")}, but the header has {header.Count}: {Shown.Text(string.Join(delimiter, cells))}");
            }
        }
    }

    private static IEnumerable<TextExample> OfSentences(IEnumerable<TextLine> lines, InputFields fields)
    {
        List<string> words = [];
        var begin = default(TextPlace);
        foreach (var line in lines)
        {
            var isBlank = string.IsNullOrWhiteSpace(line.Text);
            if (isBlank && words.Count > 0)
            {
                yield return new TextExample { Place = begin, Words = words };
                words = [];
            }

            if (isBlank || IsRemark(line.Text)) continue;
            if (words.Count == 0) begin = line.Place;
            var cells = line.Text.Contains('\t') ? line.Text.Split('\t') : line.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            var column = fields.WordOf(cells.Length);
            if (column >= cells.Length) throw Mistake(line, $"{Shown.Count(cells.Length, "column")}, and the words are in column {column + 1}", Shown.Text(line.Text));
            words.Add(cells[column]);
        }

        if (words.Count > 0) yield return new TextExample { Place = begin, Words = words };
    }

    // What is no word: CoNLL-U's comments, its ranges (3-4) and empty nodes (3.1); -DOCSTART- is a sentence of its own in CoNLL-2003.
    private static bool IsRemark(string line)
    {
        if (line.StartsWith("# ", StringComparison.Ordinal)) return true;
        var first = line.AsSpan(0, Math.Max(0, line.IndexOf('\t')));
        return first.IndexOfAny('-', '.') > 0 && first.IndexOfAnyExcept("0123456789-.") < 0;
    }

    private static string Names(InputFields fields) => string.Join(" or ", fields.Text.Select(name => $"'{name}'"));

    private static UserMistakeException Mistake(TextLine line, string found, string remedy) => new($"{line.Place}: {found}; {remedy}");
}
