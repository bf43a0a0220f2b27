using RnnTrain.Configuration;
using RnnTrain.Data.Examples;
using RnnTrain.Data.Tagging;

namespace RnnTrain.Data.Formats;

/// <summary>Options of <see cref="ConllFormat"/>.</summary>
[Describe("Sentences in columns, as of the CoNLL shared tasks: a line a word, an empty line behind each sentence, plain or compressed with gzip. Lines that begin with -DOCSTART- are passed over.")]
public sealed record ConllOptions : FormatOptions
{
    [Describe("The column of the words: its number from 1, `last`, or one of the names in `columns`.")]
    public string Word { get; init; } = "1";

    [Describe("The column of the labels.")]
    public string Label { get; init; } = "last";

    [Describe("Names for all columns, in their order; columns have numbers alone if absent.")]
    public IReadOnlyList<string> Columns { get; init; } = [];

    [Describe("What separates columns.")]
    public ColumnSeparator Separator { get; init; }

    [Describe("Lines that begin with this text are passed over; none besides -DOCSTART- if absent.")]
    public string? Comment { get; init; }

    [Describe("How labels mark spans, in the files and where they are learned.")]
    public TagConversion Scheme { get; init; } = new();

    public override TargetKind? Targets => TargetKind.ClassEachStep;

    public override TagScheme Tagging => Scheme.Learned;

    public override IEnumerable<ConfigMistake> Check(DataOptions data)
    {
        foreach (var (key, name) in new[] { ("word", Word), ("label", Label) })
        {
            if (name != "last" && !Columns.Contains(name) && !(int.TryParse(name, out var number) && number > 0 && (Columns.Count == 0 || number <= Columns.Count)))
            {
                yield return new ConfigMistake($"data.format.{key}", Columns.Count == 0
                    ? $"'{name}' is no column; write its number from 1, or last, or name all columns in data.format.columns"
                    : $"'{name}' is no column; data.format.columns names {string.Join(", ", Columns)}");
            }
        }

        if (Comment is "") yield return new ConfigMistake("data.format.comment", "every line begins with an empty text; write for instance #, or remove the key");
        foreach (var mistake in Scheme.Check()) yield return mistake;
    }

    /// <summary>The place of a column in a line of so many; negative or behind the last where it has none.</summary>
    internal int PlaceOf(string name, int width)
    {
        if (name == "last") return width - 1;
        var named = Columns.ToList().IndexOf(name);
        return named >= 0 ? named : int.Parse(name, System.Globalization.CultureInfo.InvariantCulture) - 1;
    }
}

/// <summary>What separates the columns of a line.</summary>
public enum ColumnSeparator
{
    [Describe("Any number of spaces and tabs.")]
    Whitespace,

    [Describe("One tab, so that a column may hold spaces.")]
    Tab,

    [Describe("One space, so that a column may hold characters that Unicode calls white space.")]
    Space,
}

/// <summary>Sentences whose words have labels, in columns of any number.</summary>
public sealed class ConllFormat(ConllOptions options, FormatContext context) : ITextExampleFormat
{
    private const string DocumentStart = "-DOCSTART-";
    private readonly DataPaths paths = new(context.DataRoot);

    public IReadOnlyList<DataFile> Files(IReadOnlyList<string> entries, Split split) => paths.Hashed(entries, split);

    public IEnumerable<TextExample> Read(IReadOnlyList<string> entries, Split split)
    {
        var key = split.Key();
        foreach (var path in paths.Resolve(entries, key))
        {
            int? width = options.Columns.Count > 0 ? options.Columns.Count : null;
            var sentence = new List<(TextLine Line, string Word, string Label)>();
            foreach (var line in TextLines.Read(path, key))
            {
                if (options.Comment is { } comment && line.Text.StartsWith(comment, StringComparison.Ordinal)) continue;
                if (!IsBetweenSentences(line.Text)) sentence.Add(Word(line, ref width, key));
                else if (sentence.Count > 0) yield return Take(sentence, key);
            }

            if (sentence.Count > 0) yield return Take(sentence, key);
        }
    }

    private static bool IsBetweenSentences(string line) => string.IsNullOrWhiteSpace(line) || line.StartsWith(DocumentStart, StringComparison.Ordinal);

    private (TextLine Line, string Word, string Label) Word(TextLine line, ref int? width, string key)
    {
        var columns = options.Separator switch
        {
            ColumnSeparator.Tab => line.Text.Split('\t'),
            ColumnSeparator.Space => line.Text.Split(' '),
            _ => line.Text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries),
        };
        if (width is { } expected && columns.Length != expected)
        {
            var before = options.Columns.Count > 0 ? $"data.format.columns names {expected}" : $"the lines before have {expected}";
            throw new UserMistakeException($"{key}: {line.Place}: {Shown.Count(columns.Length, "column")}, and {before}: {Shown.Text(line.Text)}; give every word as many");
        }

        width = columns.Length;
        return (line, Column("word", options.Word, columns, line, key), Column("label", options.Label, columns, line, key));
    }

    private string Column(string option, string name, string[] columns, TextLine line, string key)
    {
        var place = options.PlaceOf(name, columns.Length);
        if (place >= columns.Length)
        {
            throw new UserMistakeException(
                $"{key}: {line.Place}: there is no column {name}, since the line has {columns.Length}: {Shown.Text(line.Text)}; set data.format.{option} to at most {columns.Length}");
        }

        return columns[place].Length > 0
            ? columns[place]
            : throw new UserMistakeException($"{key}: {line.Place}: column {place + 1}, the {option}, is empty: {Shown.Text(line.Text)}; fill it, or see data.format.separator");
    }

    private TextExample Take(List<(TextLine Line, string Word, string Label)> sentence, string key)
    {
        IReadOnlyList<string> labels = [.. sentence.Select(word => word.Label)];
        if (options.Scheme.From.Violation(labels) is { } violation)
        {
            var line = sentence[violation.Place].Line;
            throw new UserMistakeException(
                $"{key}: {line.Place}: {violation.What}: {Shown.Text(line.Text)}; correct the label, or set data.format.scheme.from to the scheme of this file");
        }

        string[] words = [.. sentence.Select(word => word.Word)];
        var place = sentence[0].Line.Place;
        sentence.Clear();
        return new TextExample
        {
            Place = place,
            Text = string.Join(' ', words),
            Words = words,
            Labels = options.Scheme.From.Convert(labels, options.Scheme.Learned),
        };
    }
}
