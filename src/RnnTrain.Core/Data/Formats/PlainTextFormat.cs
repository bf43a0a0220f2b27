using RnnTrain.Configuration;

namespace RnnTrain.Data.Formats;

[Describe("Running text in UTF-8 files, plain or compressed with gzip; a path, a glob, or a list of them.")]
public sealed record PlainTextOptions : FormatOptions;

/// <summary>
/// Running text in UTF-8 files. A file that begins with gzip's magic number is unpacked, whatever its name. A byte order mark is
/// skipped and CR LF becomes LF, so that a text means the same whichever system wrote it. Where another file follows, a file
/// that does not end in a line feed gets one, so that two lines never run into each other.
/// </summary>
public sealed class PlainTextFormat(FormatContext context) : ITextFormat
{
    public IReadOnlyList<TextFile> Read(IReadOnlyList<string> entries, Split split)
    {
        var key = split.Key();
        var paths = new DataPaths(context.DataRoot).Resolve(entries, key);
        var files = new List<TextFile>(paths.Count);
        var mistakes = new List<string>();
        foreach (var path in paths)
        {
            try
            {
                files.Add(Read(path, split));
            }
            catch (UserMistakeException mistake)
            {
                mistakes.AddRange(mistake.Lines);
            }
        }

        if (mistakes.Count == 0 && files.All(file => file.Text.Length == 0))
            mistakes.Add($"{key}: all {files.Count} files are empty");
        if (mistakes.Count > 0) throw new UserMistakeException(mistakes);
        return [.. files.Select((file, index) => index == files.Count - 1 ? file : EndedByLineFeed(file))];
    }

    private static TextFile EndedByLineFeed(TextFile file) =>
        file.Text.Length == 0 || file.Text[^1] == '\n' ? file : file with { Text = file.Text + '\n' };

    private static TextFile Read(DataPath path, Split split)
    {
        var (file, content) = FileBytes.Read(path, split);
        var text = Utf8Text.Decode(content.Span, $"{split.Key()}: {path.Shown}");
        if (text.Length == 0 && path.IsNamed) throw new UserMistakeException($"{split.Key()}: {path.Shown} is empty");
        return new TextFile(file, text);
    }
}
