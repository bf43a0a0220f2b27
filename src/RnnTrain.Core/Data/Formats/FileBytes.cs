using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using RnnTrain.Configuration;

namespace RnnTrain.Data.Formats;

/// <summary>The bytes of a data file. One that begins with gzip's magic number is unpacked, whatever its name.</summary>
/// <param name="File">The file, as the manifest records it.</param>
/// <param name="Content">Its bytes, unpacked.</param>
internal sealed record FileBytes(DataFile File, ReadOnlyMemory<byte> Content)
{
    /// <exception cref="UserMistakeException">The file cannot be read, or is a damaged gzip file.</exception>
    public static FileBytes Read(DataPath path, Split split)
    {
        var key = split.Key();
        try
        {
            var bytes = System.IO.File.ReadAllBytes(path.FullPath);
            var file = new DataFile
            {
                Split = split.Name(),
                Path = path.Shown,
                Bytes = bytes.Length,
                Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)),
            };
            return new FileBytes(file, IsGzip(bytes, path) ? Unpack(bytes) : bytes);
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

    private static ReadOnlyMemory<byte> Unpack(byte[] packed)
    {
        using var unpacked = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress)) gzip.CopyTo(unpacked);
        var content = unpacked.GetBuffer().AsMemory(0, (int)unpacked.Length);
        return IsWhole(packed, content.Length) ? content : throw new InvalidDataException();
    }

    // GZipStream takes a file that was cut off for one that ends there. The last four bytes of a whole one are the length of its text
    // (RFC 1952), or of the last of several such texts packed one after another.
    private static bool IsWhole(ReadOnlySpan<byte> packed, int length)
    {
        var promised = packed.Length < 18 ? uint.MaxValue : BinaryPrimitives.ReadUInt32LittleEndian(packed[^4..]);
        return promised == length || (promised < length && packed[10..].IndexOf((ReadOnlySpan<byte>)[0x1F, 0x8B, 0x08]) >= 0);
    }
}
