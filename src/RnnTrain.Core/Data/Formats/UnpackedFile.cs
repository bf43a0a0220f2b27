using System.Buffers.Binary;
using System.IO.Compression;
using RnnTrain.Configuration;

namespace RnnTrain.Data.Formats;

/// <summary>The bytes of a data file one after another, never all in memory. One that begins with gzip's magic number is unpacked, whatever its name.</summary>
public sealed class UnpackedFile : Stream
{
    private const int BufferSize = 1 << 16;
    private readonly string where;
    private readonly string fullPath;
    private readonly bool isGzip;
    private readonly Stream content;
    private long position;

    /// <param name="path">The file.</param>
    /// <param name="key">The configuration key that names it, for messages.</param>
    /// <exception cref="UserMistakeException">It cannot be opened.</exception>
    public UnpackedFile(DataPath path, string key)
    {
        (where, fullPath) = ($"{key}: {path.Shown}", path.FullPath);
        try
        {
            var file = new FileStream(fullPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferSize, FileOptions.SequentialScan);
            Span<byte> first = stackalloc byte[2];
            var read = file.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
            file.Position = 0;
            isGzip = first is [0x1F, 0x8B] || (read > 0 && fullPath.EndsWith(".gz", StringComparison.OrdinalIgnoreCase));
            content = isGzip ? new GZipStream(file, CompressionMode.Decompress) : file;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw CannotBeRead(failure);
        }
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    /// <summary>Unpacked bytes that were read.</summary>
    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <exception cref="UserMistakeException">It cannot be read, or is a damaged gzip file.</exception>
    public override int Read(Span<byte> buffer)
    {
        try
        {
            var read = content.Read(buffer);
            position += read;
            if (read == 0 && !buffer.IsEmpty && isGzip && !IsWhole()) throw new InvalidDataException();
            return read;
        }
        catch (InvalidDataException)
        {
            throw new UserMistakeException($"{where} is not a whole gzip file; fetch or pack it again");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw CannotBeRead(failure);
        }
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) content.Dispose();
        base.Dispose(disposing);
    }

    private UserMistakeException CannotBeRead(Exception failure) => new($"{where} cannot be read: {failure.Message}");

    // GZipStream takes a file that was cut off for one that ends there. The last four bytes of a whole one are the length of its text
    // modulo 2³² (RFC 1952), or of the last of several such texts packed one after another.
    private bool IsWhole()
    {
        using var file = File.OpenRead(fullPath);
        if (file.Length < 18) return false;
        Span<byte> last = stackalloc byte[4];
        file.Position = file.Length - last.Length;
        file.ReadExactly(last);
        var promised = BinaryPrimitives.ReadUInt32LittleEndian(last);
        return promised == (uint)position || (promised < position && HasSecondText(file));
    }

    private static bool HasSecondText(FileStream file)
    {
        ReadOnlySpan<byte> magic = [0x1F, 0x8B, 0x08];
        var block = new byte[BufferSize];
        var kept = 0;
        file.Position = 10;
        for (int read; (read = file.Read(block, kept, block.Length - kept)) > 0;)
        {
            var filled = block.AsSpan(0, kept + read);
            if (filled.IndexOf(magic) >= 0) return true;
            kept = Math.Min(filled.Length, magic.Length - 1);
            filled[^kept..].CopyTo(block);
        }

        return false;
    }
}
