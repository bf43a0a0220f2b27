using System.Buffers;

namespace RnnTrain.Prediction;

/// <summary>
/// Answers for spreadsheets: a column a field and a score, `scores.positive` where a score is one of several by name. The first answer that has fields says
/// which columns there are; rows of answers without any wait for it.
/// </summary>
public sealed class CsvAnswerWriter(TextWriter output) : IAnswerWriter
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    private List<string>? columns;
    private long waiting;

    public void Write(Answer answer)
    {
        var cells = Cells(answer).ToList();
        if (columns is null && cells.Count == 0)
        {
            waiting++;
            return;
        }

        if (columns is null) Begin([.. cells.Select(cell => cell.Name)]);
        var values = cells.ToDictionary(cell => cell.Name, cell => cell.Text);
        Write(columns!.Select(column => values.GetValueOrDefault(column, "")));
    }

    public void Finish()
    {
        if (columns is null && waiting > 0) Begin(["text"]);
    }

    private void Begin(List<string> names)
    {
        columns = names;
        Write(names);
        for (; waiting > 0; waiting--) Write(names.Select(_ => ""));
    }

    private static IEnumerable<(string Name, string Text)> Cells(Answer answer)
    {
        foreach (var (name, value) in answer.Fields.Concat(answer.Scores))
        {
            if (value is IEnumerable<KeyValuePair<string, double>> numbers)
            {
                foreach (var (key, number) in numbers.OrderBy(pair => pair.Key, StringComparer.Ordinal)) yield return ($"{name}.{key}", FieldText.Of(number));
            }
            else
            {
                yield return (name, FieldText.Of(value));
            }
        }
    }

    private void Write(IEnumerable<string> cells)
    {
        var row = string.Join(',', cells.Select(cell => cell.AsSpan().ContainsAny(Quoted) ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell));
        output.Write(row.Length == 0 ? "\"\"" : row); // a line with nothing in it is no row to many readers
        output.Write('\n');
    }
}
