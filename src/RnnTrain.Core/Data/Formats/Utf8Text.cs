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
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            throw new UserMistakeException($"{where} is UTF-16, not UTF-8; convert it, for instance with `iconv -f utf-16 -t utf-8`");
        var skipped = bytes is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0;
        if (!Utf8.IsValid(bytes)) throw new UserMistakeException($"{where} is not UTF-8: {Fault(bytes)}");

        var text = System.Text.Encoding.UTF8.GetString(bytes[skipped..]);
        return text.Contains('\r') ? text.Replace("\r\n", "\n", StringComparison.Ordinal) : text;
    }

    private static string Fault(ReadOnlySpan<byte> bytes)
    {
        var offset = 0L;
        var line = 1;
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
