using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
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
        var key = split.Key();
        try
        {
            var bytes = File.ReadAllBytes(path.FullPath);
            var file = new DataFile
            {
                Split = split.Name(),
                Path = path.Shown,
                Bytes = bytes.Length,
                Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)),
            };
            var text = Utf8Text.Decode(IsGzip(bytes, path) ? Unpack(bytes) : bytes, $"{key}: {path.Shown}");
            if (text.Length == 0 && path.IsNamed) throw new UserMistakeException($"{key}: {path.Shown} is empty");
            return new TextFile(file, text);
        }
        catch (InvalidDataException)
        {
            throw new UserMistakeException($"{key}: {path.Shown} is not a whole gzip file; fetch or pack it again");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserMistakeException($"{key}: {path.Shown} cannot be read: {failure.Message}");
        }
    }

    private static bool IsGzip(ReadOnlySpan<byte> bytes, DataPath path) =>
        bytes is [0x1F, 0x8B, ..]
        || (bytes.Length > 0 && path.FullPath.EndsWith(".gz", StringComparison.OrdinalIgnoreCase));

    private static ReadOnlySpan<byte> Unpack(byte[] packed)
    {
        using var unpacked = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress)) gzip.CopyTo(unpacked);
        var text = unpacked.GetBuffer().AsSpan(0, (int)unpacked.Length);
        return IsWhole(packed, text.Length) ? text : throw new InvalidDataException();
    }

    // GZipStream takes a file that was cut off for one that ends there. The last four bytes of a whole one are the length of its text
    // (RFC 1952), or of the last of several such texts packed one after another.
    private static bool IsWhole(ReadOnlySpan<byte> packed, int length)
    {
        var promised = packed.Length < 18 ? uint.MaxValue : BinaryPrimitives.ReadUInt32LittleEndian(packed[^4..]);
        return promised == length || (promised < length && packed[10..].IndexOf((ReadOnlySpan<byte>)[0x1F, 0x8B, 0x08]) >= 0);
    }
}
