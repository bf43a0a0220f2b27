using System.Text;
using RnnTrain.Configuration;
using RnnTrain.Data.Examples;

namespace RnnTrain.Data.Formats;

/// <summary>
/// Rows of columns between a delimiter. With quotes, as in RFC 4180: a column within double quotes may hold delimiters, line feeds, and
/// double quotes written twice; a quote within a column that does not begin with one is refused. Without, a quote is a character like any
/// other. Empty lines are passed over.
/// </summary>
public sealed class DelimitedRows(char delimiter, bool quotes, string key)
{
    private const int LongestField = 1 << 24;
    private readonly List<string> fields = [];
    private readonly StringBuilder field = new();
    private bool isOpen; // within quotes, which the lines so far did not close

    /// <exception cref="UserMistakeException">While rows are taken: quotes are not as they should be; names file and line.</exception>
    public IEnumerable<(TextPlace Place, IReadOnlyList<string> Fields)> Read(IEnumerable<TextLine> lines)
    {
        var start = default(TextPlace);
        foreach (var line in lines)
        {
            if (!isOpen)
            {
                if (line.Text.Length == 0) continue;
                start = line.Place;
                if (!quotes)
                {
                    yield return (start, line.Text.Split(delimiter));
                    continue;
                }

                fields.Clear();
            }

            Scan(line);
            if (!isOpen) yield return (start, [.. fields]);
            else if (field.Length > LongestField) break;
        }

        if (!isOpen) yield break;
        var begins = Shown.Text(field.ToString(0, Math.Min(field.Length, LongestField)));
        throw new UserMistakeException($"{key}: {start}: a quote opens in this row and is never closed: {begins}; close it, or set data.format.quotes to false");
    }

    private void Scan(TextLine line)
    {
        var text = line.Text;
        var position = 0;
        if (isOpen) field.Append('\n');
        while (true)
        {
            if (isOpen || (position < text.Length && text[position] == '"'))
            {
                if (!isOpen) (isOpen, position, _) = (true, position + 1, field.Clear());
                position = Quoted(text, position);
                if (isOpen) return;
                fields.Add(field.ToString());
                if (position < text.Length && text[position] != delimiter)
                {
                    throw new UserMistakeException(
                        $"{key}: {line.Place}: after the closing quote of column {fields.Count} stands '{text[position]}'; write a quote within text twice, as \"\"");
                }
            }
            else
            {
                position = Plain(line, position);
            }

            if (position >= text.Length) return;
            position++;
        }
    }

    /// <summary>Takes a column up to its closing quote, or to the end of the line.</summary>
    private int Quoted(string text, int position)
    {
        while (true)
        {
            var quote = text.IndexOf('"', position);
            field.Append(text, position, (quote < 0 ? text.Length : quote) - position);
            if (quote < 0) return text.Length;
            position = quote + 1;
            if (position >= text.Length || text[position] != '"')
            {
                isOpen = false;
                return position;
            }

            field.Append('"');
            position++;
        }
    }

    private int Plain(TextLine line, int position)
    {
        var end = line.Text.IndexOf(delimiter, position);
        if (end < 0) end = line.Text.Length;
        var plain = line.Text[position..end];
        if (plain.Contains('"'))
        {
            throw new UserMistakeException($"{key}: {line.Place}: a quote within column {fields.Count + 1}, {Shown.Text(plain)}; "
                + "quote the whole column and write the quote twice, or set data.format.quotes to false");
        }

        fields.Add(plain);
        return end;
    }
}
