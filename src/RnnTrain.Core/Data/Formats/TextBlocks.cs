using System.Buffers;
using RnnTrain.Configuration;

namespace RnnTrain.Data.Formats;

/// <summary>
/// The text of a UTF-8 file, block by block: each is checked as it comes. A byte order mark is skipped and CR LF becomes LF. A block ends behind
/// the last line feed that fits; without one, before the last space or tab; without these, between two characters.
/// </summary>
public static class TextBlocks
{
    private const int DefaultLength = 1 << 15; // bytes: the text of a larger one would be collected with the oldest objects alone, and memory grow

    /// <param name="path">The file.</param>
    /// <param name="key">The configuration key that names it, for messages.</param>
    /// <param name="length">Bytes of a block at most.</param>
    /// <exception cref="UserMistakeException">While blocks are taken: the file cannot be read, is damaged or is not UTF-8.</exception>
    public static IEnumerable<TextBlock> Read(DataPath path, string key, int length = DefaultLength)
    {
        using var file = new UnpackedFile(path, key);
        var where = $"{key}: {path.Shown}";
        var buffer = ArrayPool<byte>.Shared.Rent(length); // there may be thousands of small files
        var (waiting, line, offset) = (0, 1L, 0L); // bytes at the beginning of the buffer that no block has yet, and where they stand in the file
        string? block = null; // known to be the last only when the next one turns out to be empty
        while (true)
        {
            var read = file.ReadAtLeast(buffer.AsSpan(waiting, length - waiting), length - waiting, throwOnEndOfStream: false);
            var filled = waiting + read;
            var isEnd = filled < length;
            var end = isEnd ? filled : Cut(buffer.AsSpan(0, length));
            var text = Decode(buffer.AsSpan(0, end), where, line, offset);
            if (text.Length > 0)
            {
                if (block is not null) yield return new TextBlock(block, IsLast: false);
                block = text;
            }

            if (isEnd) break;
            line += buffer.AsSpan(0, end).Count((byte)'\n');
            offset += end;
            waiting = filled - end;
            buffer.AsSpan(end, waiting).CopyTo(buffer);
        }

        ArrayPool<byte>.Shared.Return(buffer);
        if (block is not null) yield return new TextBlock(block, IsLast: true);
    }

    private static string Decode(ReadOnlySpan<byte> bytes, string where, long line, long offset)
    {
        var text = Utf8Text.DecodeLine(bytes, where, line, offset);
        return text.Contains('\r') ? text.Replace("\r\n", "\n", StringComparison.Ordinal) : text;
    }

    /// <summary>Where a block ends within these bytes.</summary>
    private static int Cut(ReadOnlySpan<byte> bytes)
    {
        var feed = bytes.LastIndexOf((byte)'\n');
        if (feed >= 0) return feed + 1;
        var space = bytes.LastIndexOfAny((byte)' ', (byte)'\t');
        while (space > 0 && bytes[space - 1] is (byte)' ' or (byte)'\t') space--; // a run of white space stays together
        if (space > 0) return space;
        var end = bytes.Length;
        while (end > 1 && (bytes[end - 1] & 0xC0) == 0x80) end--; // behind the first byte of the last character
        return end > 1 ? end - 1 : bytes.Length; // a carriage return may be that character, and its line feed comes next
    }
}
