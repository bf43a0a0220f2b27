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
        var file = path.Hashed(split);
        using var unpacked = new UnpackedFile(path, split.Key());
        var content = new MemoryStream();
        unpacked.CopyTo(content);
        return new FileBytes(file, content.GetBuffer().AsMemory(0, (int)content.Length));
    }
}
