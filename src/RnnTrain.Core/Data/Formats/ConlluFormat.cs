using System.Globalization;
using RnnTrain.Configuration;
using RnnTrain.Data.Examples;

namespace RnnTrain.Data.Formats;

/// <summary>Options of <see cref="ConlluFormat"/>.</summary>
[Describe("Sentences of Universal Dependencies in CoNLL-U files, plain or compressed with gzip. A word is what the syntax counts as one: lines of multiword tokens (1-2) and of empty nodes (8.1) are passed over.")]
public sealed record ConlluOptions : FormatOptions
{
    [Describe("The column whose values are the labels.")]
    public ConlluColumn Column { get; init; } = ConlluColumn.Upos;

    public override TargetKind? Targets => TargetKind.ClassEachStep;
}

/// <summary>A column of CoNLL-U that can be learned, by its place from 0.</summary>
public enum ConlluColumn
{
    [Describe("The base form.")]
    Lemma = 2,

    [Describe("The universal part of speech.")]
    Upos = 3,

    [Describe("The language's own part of speech.")]
    Xpos = 4,

    [Describe("All morphological features, as one label.")]
    Feats = 5,

    [Describe("The relation to the head.")]
    Deprel = 7,

    [Describe("What else is noted.")]
    Misc = 9,
}

/// <summary>Sentences whose words have labels, in CoNLL-U files (universaldependencies.org/format.html).</summary>
public sealed class ConlluFormat(ConlluOptions options, FormatContext context) : ITextExampleFormat
{
    private const int Columns = 10;
    private readonly DataPaths paths = new(context.DataRoot);

    public IReadOnlyList<DataFile> Files(IReadOnlyList<string> entries, Split split) => paths.Hashed(entries, split);

    public IEnumerable<TextExample> Read(IReadOnlyList<string> entries, Split split)
    {
        var key = split.Key();
        foreach (var path in paths.Resolve(entries, key))
        {
            var (words, labels, place) = (new List<string>(), new List<string>(), default(TextPlace));
            foreach (var line in TextLines.Read(path, key).Append(new TextLine(default, "")))
            {
                if (line.Text.StartsWith('#')) continue;
                if (string.IsNullOrWhiteSpace(line.Text))
                {
                    if (words.Count > 0) yield return new TextExample { Place = place, Text = string.Join(' ', words), Words = [.. words], Labels = [.. labels] };
                    words.Clear();
                    labels.Clear();
                }
                else if (Word(line, words.Count + 1, key) is var (word, label))
                {
                    if (words.Count == 0) place = line.Place;
                    words.Add(word);
                    labels.Add(label);
                }
            }
        }
    }

    /// <summary>The word of a line and its label; null where it is a multiword token or an empty node.</summary>
    private (string Word, string Label)? Word(TextLine line, int next, string key)
    {
        var columns = line.Text.Split('\t');
        if (columns.Length != Columns)
        {
            throw new UserMistakeException($"{key}: {line.Place}: {Shown.Count(columns.Length, "column")} between tabs, and CoNLL-U has {Columns}: "
                + $"{Shown.Text(line.Text)}; fetch the file again, or correct the line");
        }

        var id = columns[0];
        if (IsPassedOver(id)) return null;
        if (!int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number != next)
        {
            throw new UserMistakeException($"{key}: {line.Place}: the word's number is '{id}' where {next} should follow: "
                + $"{Shown.Text(line.Text)}; number the words of each sentence from 1, with an empty line behind it");
        }

        if (columns[1].Length == 0 || columns[(int)options.Column].Length == 0)
            throw new UserMistakeException($"{key}: {line.Place}: an empty column: {Shown.Text(line.Text)}; CoNLL-U writes _ for what there is not");
        return (columns[1], columns[(int)options.Column]);
    }

    private static bool IsPassedOver(string id)
    {
        var mark = id.IndexOfAny(['-', '.']);
        return mark > 0 && mark < id.Length - 1 && id.AsSpan(0, mark).IndexOfAnyExceptInRange('0', '9') < 0 && id.AsSpan(mark + 1).IndexOfAnyExceptInRange('0', '9') < 0;
    }
}
