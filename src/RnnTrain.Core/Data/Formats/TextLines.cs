using RnnTrain.Configuration;
using RnnTrain.Data.Examples;

namespace RnnTrain.Data.Formats;

/// <summary>
/// The lines of a UTF-8 file one after another, each checked as it comes; the file is unpacked where it is a gzip file and never held as a
/// whole. A byte order mark is skipped, and a carriage return before a line feed belongs to it.
/// </summary>
public static class TextLines
{
    private const int FirstBuffer = 1 << 16;
    private const int LongestLine = 1 << 28; // bytes

    /// <param name="path">The file.</param>
    /// <param name="key">The configuration key that names it, for messages.</param>
    /// <exception cref="UserMistakeException">While lines are taken: the file cannot be read, is damaged or is not UTF-8.</exception>
    public static IEnumerable<TextLine> Read(DataPath path, string key)
    {
        using var file = new UnpackedFile(path, key);
        foreach (var line in Read(file, path.Shown, key)) yield return line;
    }

    /// <summary>The lines of any stream of bytes, such as the standard input.</summary>
    /// <param name="bytes">UTF-8.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="key">What messages begin with.</param>
    /// <inheritdoc cref="Read(DataPath, string)"/>
    public static IEnumerable<TextLine> Read(Stream bytes, string name, string key)
    {
        var (buffer, first, end, searched) = (new byte[FirstBuffer], 0, 0, 0); // bytes from first to end wait, those up to searched hold no line feed
        var (number, offset) = (1L, 0L);
        while (true)
        {
            var feed = buffer.AsSpan(searched, end - searched).IndexOf((byte)'\n');
            if (feed >= 0)
            {
                var next = searched + feed + 1;
                yield return new TextLine(new TextPlace(name, number), Decode(buffer.AsSpan(first, next - first - 1), name, key, number, offset, endsInFeed: true));
                (number, offset) = (number + 1, offset + next - first);
                first = searched = next;
                continue;
            }

            searched = end;
            buffer.AsSpan(first, end - first).CopyTo(buffer);
            (searched, end, first) = (searched - first, end - first, 0);
            if (end == buffer.Length) Array.Resize(ref buffer, Grown(end, $"{key}: {name}:{number}"));
            var read = bytes.Read(buffer, end, buffer.Length - end);
            end += read;
            if (read == 0) break;
        }

        var isNothing = number == 1 && buffer.AsSpan(0, end) is [0xEF, 0xBB, 0xBF];
        if (end > 0 && !isNothing)
            yield return new TextLine(new TextPlace(name, number), Decode(buffer.AsSpan(0, end), name, key, number, offset, endsInFeed: false));
    }

    private static int Grown(int size, string where) => size < LongestLine
        ? size * 2
        : throw new UserMistakeException($"{where}: this line has over {LongestLine >> 20} MiB; break the text into lines");

    private static string Decode(ReadOnlySpan<byte> line, string name, string key, long number, long offset, bool endsInFeed)
    {
        if (endsInFeed && line is [.., (byte)'\r']) line = line[..^1];
        return Utf8Text.DecodeLine(line, $"{key}: {name}", number, offset);
    }
}
