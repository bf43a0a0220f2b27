using RnnTrain.Configuration;
using RnnTrain.Data.Examples;

namespace RnnTrain.Data.Formats;

/// <summary>Options of <see cref="TextPairsFormat"/>.</summary>
[Describe("Pairs of texts, the one to read and the one to write: a table with named columns, in CSV, TSV or JSON Lines, as the name of a file says (.csv, .tsv, .jsonl), plain or compressed with gzip.")]
public sealed record TextPairsOptions : FormatOptions
{
    [Describe("The column of the text that is read: its name in the first row, the key in a JSON object (`a.b` for a key within an object), or its number from 1 where there is no header.")]
    public string Source { get; init; } = "source";

    [Describe("The column of the text that is written.")]
    public string Target { get; init; } = "target";

    [Describe("What separates columns, one character or `tab`, where the name of a file does not say it.")]
    public string? Delimiter { get; init; }

    [Describe("Whether a column may be enclosed in double quotes, and then hold delimiters and line feeds; by default it may, except where tabs separate columns.")]
    public bool? Quotes { get; init; }

    [Describe("Whether the first row of each file names the columns.")]
    public bool Header { get; init; } = true;

    [Describe("What becomes of a pair with an empty side.")]
    public EmptyText Empty { get; init; } = EmptyText.Skip;

    public override TargetKind? Targets => TargetKind.Sequence;

    internal TableLayout Layout => new(Delimiter, Quotes, Header);

    internal TableColumn[] Columns => [new("data.format.source", Source), new("data.format.target", Target)];

    public override IEnumerable<ConfigMistake> Check(DataOptions data) => Layout.Check(data, Columns);
}

/// <summary>Pairs of texts in a table with named columns.</summary>
public sealed class TextPairsFormat(TextPairsOptions options, FormatContext context) : ITextExampleFormat
{
    private readonly DataPaths paths = new(context.DataRoot);
    private readonly Omissions omissions = new(options.Empty, "pair");

    public IReadOnlyList<string> Remarks => omissions.Remarks;

    public IReadOnlyList<DataFile> Files(IReadOnlyList<string> entries, Split split) => paths.Hashed(entries, split);

    public IEnumerable<TextExample> Read(IReadOnlyList<string> entries, Split split) => omissions.WithText(ReadAll(entries, split.Key()), split);

    private IEnumerable<TextExample> ReadAll(IReadOnlyList<string> entries, string key)
    {
        var table = new TableFile(options.Layout, options.Columns);
        foreach (var path in paths.Resolve(entries, key))
        {
            foreach (var row in table.Read(path, key))
                yield return new TextExample { Place = row.Place, Text = SideOf(row, 0, key), Target = SideOf(row, 1, key) };
        }
    }

    private string SideOf(TableRow row, int column, string key) => row.Cells[column] is { Items: null, Text: var text }
        ? text
        : throw new UserMistakeException($"{key}: {row.Place}: '{options.Columns[column].Name}' is a list, and a text is needed; set {options.Columns[column].Key} to a column of texts");
}
