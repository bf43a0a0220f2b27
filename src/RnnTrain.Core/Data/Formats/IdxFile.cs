using System.Buffers.Binary;
using RnnTrain.Configuration;

namespace RnnTrain.Data.Formats;

/// <summary>
/// A file of the format in which LeCun, Cortes and Burges published MNIST: two bytes 0, the type of the numbers (8 for bytes), how many
/// dimensions there are, the size of each as a big-endian number of four bytes, then the numbers, the last dimension fastest.
/// </summary>
/// <param name="File">The file, as the manifest records it.</param>
/// <param name="Sizes">The size of each dimension; the first counts examples.</param>
/// <param name="Numbers">All bytes behind the header.</param>
internal sealed record IdxFile(DataFile File, IReadOnlyList<int> Sizes, ReadOnlyMemory<byte> Numbers)
{
    private const byte UnsignedBytes = 8;
    private const int BytesPerSize = 4;

    /// <summary>Examples in it.</summary>
    public int Count => Sizes[0];

    /// <summary>True for labels, which are one number an example; false for images, which are rows of pixels.</summary>
    public bool HoldsLabels => Sizes.Count == 1;

    /// <summary>Where number <paramref name="index"/> stands in the unpacked file.</summary>
    public long Offset(long index) => BytesPerSize + BytesPerSize * Sizes.Count + index;

    /// <exception cref="UserMistakeException">It cannot be read, or is no such file of bytes with one or three dimensions; says at which offset.</exception>
    public static IdxFile Read(DataPath path, Split split)
    {
        var (file, content) = FileBytes.Read(path, split);
        var bytes = content.Span;
        var where = $"{split.Key()}: {path.Shown}";
        if (bytes.Length < BytesPerSize) throw new UserMistakeException($"{where} is no IDX file: it has {bytes.Length} bytes, and its header alone has at least 8");
        if (bytes[0] != 0 || bytes[1] != 0)
            throw new UserMistakeException($"{where} is no IDX file: it begins with the bytes 0x{bytes[0]:X2} 0x{bytes[1]:X2} at offset 0, not with 0x00 0x00");
        if (bytes[2] != UnsignedBytes)
            throw new UserMistakeException($"{where}: the byte at offset 2 says that its numbers have type 0x{bytes[2]:X2}; only 0x08, unsigned bytes, can be read");
        if (bytes[3] is not (1 or 3))
            throw new UserMistakeException($"{where}: the byte at offset 3 says {bytes[3]} dimensions; labels have 1 and images 3");
        var sizes = ReadSizes(bytes, where);
        var header = BytesPerSize + BytesPerSize * sizes.Length;
        var promised = sizes.Aggregate(1L, (product, size) => product * size);
        if (bytes.Length - header != promised)
        {
            throw new UserMistakeException($"{where}: its header promises {string.Join(" × ", sizes)} = {promised} bytes from offset {header} on, "
                + $"but {bytes.Length - header} are there; fetch it again");
        }

        return new IdxFile(file, sizes, content[header..]);
    }

    private static int[] ReadSizes(ReadOnlySpan<byte> bytes, string where)
    {
        var sizes = new int[bytes[3]];
        for (var i = 0; i < sizes.Length; i++)
        {
            var offset = BytesPerSize * (i + 1);
            if (bytes.Length < offset + BytesPerSize)
                throw new UserMistakeException($"{where} ends at offset {bytes.Length}, within its header of {BytesPerSize * (sizes.Length + 1)} bytes; fetch it again");
            var size = BinaryPrimitives.ReadUInt32BigEndian(bytes[offset..]);
            if (size is 0 or > int.MaxValue)
                throw new UserMistakeException($"{where}: the number at offset {offset} says that dimension {i + 1} has size {size}; at least 1 is needed, and at most {int.MaxValue}");
            sizes[i] = (int)size;
        }

        return sizes;
    }
}
