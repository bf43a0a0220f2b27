using System.Runtime.InteropServices;

namespace RnnTrain.Data.Storage;

/// <summary>
/// Whole numbers in a row, appended and then read by their places: in memory as far as there is room, the others in a temporary
/// file. There a chunk of numbers has as many bytes a number as its largest needs. Reading is for any number of threads.
/// </summary>
/// <param name="room">How many stay in memory.</param>
public sealed class NumberStore(StorageRoom room)
{
    private const int FirstLength = 256;
    private readonly int chunkLength = room.ChunkLength;
    private readonly List<Chunk> chunks = []; // full ones
    private int[] last = []; // grows to a chunk
    private int filled; // of the last
    private TemporaryFile? file;

    /// <summary>How many there are.</summary>
    public long Count => (long)chunks.Count * chunkLength + filled;

    /// <summary>Whether some of them are in a file.</summary>
    public bool IsOnDisk => file is not null;

    /// <summary>The number at a place.</summary>
    public int this[long place]
    {
        get
        {
            Span<int> number = stackalloc int[1];
            CopyTo(place, number);
            return number[0];
        }
    }

    /// <summary>Appends a number.</summary>
    /// <exception cref="Configuration.UserMistakeException">The disk is full.</exception>
    public void Add(int number)
    {
        if (filled == last.Length) MakeRoom();
        last[filled++] = number;
    }

    /// <summary>Appends numbers.</summary>
    /// <inheritdoc cref="Add(int)"/>
    public void Add(ReadOnlySpan<int> numbers)
    {
        while (!numbers.IsEmpty)
        {
            if (filled == last.Length) MakeRoom();
            var part = numbers[..Math.Min(numbers.Length, last.Length - filled)];
            part.CopyTo(last.AsSpan(filled));
            filled += part.Length;
            numbers = numbers[part.Length..];
        }
    }

    /// <summary>So many numbers from a place on: where they stand, if they stand together in memory, else a copy of them.</summary>
    /// <param name="first">The place of the first.</param>
    /// <param name="count">How many.</param>
    /// <param name="buffer">Takes the copy; replaced where it is too small.</param>
    public ReadOnlySpan<int> Read(long first, int count, ref int[] buffer)
    {
        Check(first, count);
        var (chunk, start) = (first / chunkLength, (int)(first % chunkLength));
        if (start + count <= chunkLength && MemoryOf(chunk) is { } numbers) return numbers.AsSpan(start, count);
        if (buffer.Length < count) buffer = new int[count];
        CopyTo(first, buffer.AsSpan(0, count));
        return buffer.AsSpan(0, count);
    }

    /// <summary>Copies as many numbers as the span takes, from a place on.</summary>
    public void CopyTo(long first, Span<int> into)
    {
        Check(first, into.Length);
        while (!into.IsEmpty)
        {
            var (chunk, start) = (first / chunkLength, (int)(first % chunkLength));
            var part = into[..Math.Min(into.Length, chunkLength - start)];
            if (MemoryOf(chunk) is { } numbers) numbers.AsSpan(start, part.Length).CopyTo(part);
            else Load(chunk, start, part);
            into = into[part.Length..];
            first += part.Length;
        }
    }

    /// <summary>Puts other numbers in the place of so many from a place on. Nobody reads meanwhile.</summary>
    /// <param name="first">The place of the first.</param>
    /// <param name="count">How many.</param>
    /// <param name="change">Changes some of them, one stretch after the other.</param>
    public void Rewrite(long first, long count, RewriteNumbers change)
    {
        Check(first, count);
        var buffer = file is null ? [] : new int[chunkLength];
        for (var end = first + count; first < end;)
        {
            var (chunk, start) = (first / chunkLength, (int)(first % chunkLength));
            var length = (int)Math.Min(end - first, chunkLength - start);
            if (MemoryOf(chunk) is { } numbers)
            {
                change(numbers.AsSpan(start, length));
            }
            else
            {
                Load(chunk, 0, buffer);
                change(buffer.AsSpan(start, length));
                chunks[(int)chunk] = Save(chunk, buffer);
            }

            first += length;
        }
    }

    private void Check(long first, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + count, Count);
    }

    /// <summary>The numbers of a chunk; null where they are in the file.</summary>
    private int[]? MemoryOf(long chunk) => chunk == chunks.Count ? last : chunks[(int)chunk].Numbers;

    private void MakeRoom()
    {
        if (last.Length < chunkLength)
        {
            Array.Resize(ref last, Math.Min(chunkLength, Math.Max(FirstLength, 2 * last.Length)));
            return;
        }

        if (room.TakesChunk())
        {
            chunks.Add(new Chunk(last, sizeof(int)));
            last = new int[chunkLength];
        }
        else
        {
            chunks.Add(Save(chunks.Count, last));
        }

        filled = 0;
    }

    /// <summary>Writes a chunk into the file. The file has a place of one length for each, of which narrow numbers leave a hole that takes no disk.</summary>
    private Chunk Save(long chunk, ReadOnlySpan<int> numbers)
    {
        file ??= TemporaryFile.Create(TemporaryFile.Folder);
        var place = chunk * chunkLength * sizeof(int);
        var bits = 0; // every bit that any of the numbers has, the sign included
        foreach (var number in numbers) bits |= number;
        switch (bits)
        {
            case >= 0 and <= byte.MaxValue:
                var bytes = new byte[numbers.Length];
                for (var i = 0; i < bytes.Length; i++) bytes[i] = (byte)numbers[i];
                file.Write<byte>(place, bytes);
                return new Chunk(null, sizeof(byte));
            case >= 0 and <= ushort.MaxValue:
                var shorts = new ushort[numbers.Length];
                for (var i = 0; i < shorts.Length; i++) shorts[i] = (ushort)numbers[i];
                file.Write<ushort>(place, shorts);
                return new Chunk(null, sizeof(ushort));
            default:
                file.Write(place, numbers);
                return new Chunk(null, sizeof(int));
        }
    }

    /// <summary>Reads numbers of a chunk from the file. Narrow ones are read into the end of the span and spread from there; each is read before its place is written.</summary>
    private void Load(long chunk, int start, Span<int> into)
    {
        var width = chunks[(int)chunk].Width;
        var bytes = MemoryMarshal.AsBytes(into)[^(into.Length * width)..];
        file!.Read(chunk * chunkLength * sizeof(int) + (long)start * width, bytes);
        if (width == sizeof(byte))
        {
            for (var i = 0; i < into.Length; i++) into[i] = bytes[i];
        }
        else if (width == sizeof(ushort))
        {
            var narrow = MemoryMarshal.Cast<byte, ushort>(bytes);
            for (var i = 0; i < into.Length; i++) into[i] = narrow[i];
        }
    }

    /// <param name="Numbers">Null where they are in the file.</param>
    /// <param name="Width">Bytes of a number there.</param>
    private readonly record struct Chunk(int[]? Numbers, int Width);
}

/// <summary>Changes numbers where they stand.</summary>
public delegate void RewriteNumbers(Span<int> numbers);
