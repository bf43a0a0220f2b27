using System.Buffers;
using System.Text.Unicode;
using RnnTrain.Configuration;

namespace RnnTrain.Data.Formats;

/// <summary>Turns the bytes of a UTF-8 file into text, and says which byte is wrong where that cannot be done.</summary>
internal static class Utf8Text
{
    /// <summary>The text, without byte order mark, CR LF as LF.</summary>
    /// <param name="bytes">The whole file, unpacked.</param>
    /// <param name="where">Names key and file in a mistake.</param>
    /// <exception cref="UserMistakeException">The bytes are not UTF-8.</exception>
    internal static string Decode(ReadOnlySpan<byte> bytes, string where)
    {
        var text = DecodeLine(bytes, where, line: 1, offset: 0);
        return text.Contains('\r') ? text.Replace("\r\n", "\n", StringComparison.Ordinal) : text;
    }

    /// <summary>The text of a part of a file, without byte order mark where that part is its beginning.</summary>
    /// <param name="bytes">The part, cut between two characters.</param>
    /// <param name="where">Names key and file in a mistake.</param>
    /// <param name="line">The number of its first line, from 1.</param>
    /// <param name="offset">The place of its first byte in the unpacked file, from 0.</param>
    /// <exception cref="UserMistakeException">The bytes are not UTF-8.</exception>
    internal static string DecodeLine(ReadOnlySpan<byte> bytes, string where, long line, long offset)
    {
        if (offset == 0 && bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            throw new UserMistakeException($"{where} is UTF-16, not UTF-8; convert it, for instance with `iconv -f utf-16 -t utf-8`");
        if (!Utf8.IsValid(bytes)) throw new UserMistakeException($"{where} is not UTF-8: {Fault(bytes, line, offset)}");
        return System.Text.Encoding.UTF8.GetString(offset == 0 && bytes is [0xEF, 0xBB, 0xBF, ..] ? bytes[3..] : bytes);
    }

    private static string Fault(ReadOnlySpan<byte> bytes, long line, long offset)
    {
        Span<char> block = stackalloc char[1024];
        OperationStatus status;
        do
        {
            status = Utf8.ToUtf16(bytes, block, out var read, out _, replaceInvalidSequences: false);
            line += bytes[..read].Count((byte)'\n');
            offset += read;
            bytes = bytes[read..];
        }
        while (status == OperationStatus.DestinationTooSmall);

        return $"byte 0x{bytes[0]:X2} at byte offset {offset} (line {line}); convert it, for instance with `iconv -f latin1 -t utf-8`";
    }
}
