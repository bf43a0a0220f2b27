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
        var isEmpty = true;
        foreach (var path in paths)
        {
            try
            {
                var holdsText = TextBlocks.Read(path, key).Any();
                if (!holdsText && path.IsNamed) mistakes.Add($"{key}: {path.Shown} is empty");
                isEmpty &= !holdsText;
                files.Add(new TextFile(path.Hashed(split), () => Blocks(path, key, isFollowed: path != paths[^1])));
            }
            catch (UserMistakeException mistake)
            {
                mistakes.AddRange(mistake.Lines);
            }
        }

        if (mistakes.Count == 0 && isEmpty) mistakes.Add($"{key}: all {paths.Count} files are empty");
        if (mistakes.Count > 0) throw new UserMistakeException(mistakes);
        return files;
    }

    private static IEnumerable<TextBlock> Blocks(DataPath path, string key, bool isFollowed) => isFollowed
        ? TextBlocks.Read(path, key).Select(block => block.IsLast && block.Text[^1] != '\n' ? block with { Text = block.Text + '\n' } : block)
        : TextBlocks.Read(path, key);
}
