using RnnTrain.Configuration;
using RnnTrain.Data.Examples;

namespace RnnTrain.Data.Formats;

/// <summary>Options of <see cref="LabeledTextFormat"/>.</summary>
[Describe("Texts with their labels: a table with named columns, in CSV, TSV or JSON Lines, as the name of a file says (.csv, .tsv, .jsonl), plain or compressed with gzip.")]
public sealed record LabeledTextOptions : FormatOptions
{
    [Describe("The column of the text: its name in the first row, the key in a JSON object (`a.b` for a key within an object), or its number from 1 where there is no header.")]
    public string Text { get; init; } = "text";

    [Describe("The column of the label.")]
    public string Label { get; init; } = "label";

    [Describe("What separates the labels of a text that may have any number of them, for instance a comma; each text has exactly one label if absent. In JSON Lines they may be a list.")]
    public string? LabelSeparator { get; init; }

    [Describe("What separates columns, one character or `tab`, where the name of a file does not say it.")]
    public string? Delimiter { get; init; }

    [Describe("Whether a column may be enclosed in double quotes, and then hold delimiters and line feeds; by default it may, except where tabs separate columns.")]
    public bool? Quotes { get; init; }

    [Describe("Whether the first row of each file names the columns.")]
    public bool Header { get; init; } = true;

    [Describe("What becomes of an example without text.")]
    public EmptyText Empty { get; init; } = EmptyText.Skip;

    public override TargetKind? Targets => LabelSeparator is null ? TargetKind.ClassAtEnd : TargetKind.ClassSetAtEnd;

    internal TableLayout Layout => new(Delimiter, Quotes, Header);

    internal TableColumn[] Columns => [new("data.format.text", Text), new("data.format.label", Label)];

    public override IEnumerable<ConfigMistake> Check(DataOptions data)
    {
        if (LabelSeparator is "") yield return new ConfigMistake("data.format.label_separator", "an empty text separates nothing; write for instance a comma, or remove the key");
        foreach (var mistake in Layout.Check(data, Columns)) yield return mistake;
    }
}

/// <summary>Texts with their labels in a table with named columns.</summary>
public sealed class LabeledTextFormat(LabeledTextOptions options, FormatContext context) : ITextExampleFormat
{
    private readonly DataPaths paths = new(context.DataRoot);
    private readonly Omissions omissions = new(options.Empty, "text");

    public IReadOnlyList<string> Remarks => omissions.Remarks;

    public IReadOnlyList<DataFile> Files(IReadOnlyList<string> entries, Split split) => paths.Hashed(entries, split);

    public IEnumerable<TextExample> Read(IReadOnlyList<string> entries, Split split) => omissions.WithText(ReadAll(entries, split.Key()), split);

    private IEnumerable<TextExample> ReadAll(IReadOnlyList<string> entries, string key)
    {
        var table = new TableFile(options.Layout, options.Columns);
        foreach (var path in paths.Resolve(entries, key))
        {
            foreach (var row in table.Read(path, key))
            {
                var where = $"{key}: {row.Place}";
                yield return new TextExample { Place = row.Place, Text = TextOf(row, where), Labels = LabelsOf(row.Cells[1], where) };
            }
        }
    }

    private string TextOf(TableRow row, string where) => row.Cells[0] is { Items: null, Text: var text }
        ? text
        : throw new UserMistakeException($"{where}: '{options.Text}' is a list, and a text is needed; set data.format.text to a column of texts");

    private IReadOnlyList<string> LabelsOf(TableCell cell, string where)
    {
        if (options.LabelSeparator is { } separator)
        {
            var labels = cell.Items ?? cell.Text.Split(separator);
            return [.. labels.Select(label => label.Trim()).Where(label => label.Length > 0).Distinct()];
        }

        if (cell.Items is not null)
            throw new UserMistakeException($"{where}: '{options.Label}' is a list; set data.format.label_separator where a text may have any number of labels, or give one");
        var only = cell.Text.Trim();
        return only.Length > 0
            ? [only]
            : throw new UserMistakeException($"{where}: the label is empty; give one, or set data.format.label_separator where a text may have none");
    }
}
