using RnnTrain.Configuration;
using static TorchSharp.torch;

namespace RnnTrain.Tensors;

/// <summary>
/// Named tensors in a file that PyTorch's `safetensors` package reads and writes too; see <see cref="SafetensorsHeader"/>. Bytes go
/// straight between tensors and file: the same tensors always give the same bytes, and no second copy of a model is ever in memory.
/// </summary>
public static class SafetensorsFile
{
    // A span ends at 2 GiB, a tensor does not.
    private const long LongestPiece = 1 << 30;

    // What PyTorch's tools look for before they read the rest.
    private static readonly Dictionary<string, string> PyTorch = new() { ["format"] = "pt" };

    /// <summary>Writes tensors; wider element types come first, otherwise they stay in the given order.</summary>
    /// <param name="sink">Takes the bytes of the file, piece by piece.</param>
    /// <param name="tensors">On any device, contiguous or not; all names different.</param>
    public static void Write(Action<ReadOnlySpan<byte>> sink, IReadOnlyList<(string Name, Tensor Tensor)> tensors)
    {
        var twice = tensors.GroupBy(named => named.Name).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null) throw new ArgumentException($"two tensors are named '{twice.Key}'");
        var (header, order) = SafetensorsHeader.Compose(tensors, PyTorch);
        sink(header);
        foreach (var index in order)
        {
            using var scope = NewDisposeScope();
            var values = tensors[index].Tensor.detach().cpu().contiguous(); // the tensor's own shape; a copy only where it must be
            ForEachPiece(values, bytes => sink(bytes));
        }
    }

    /// <summary>Writes a file, not atomically: what must survive an interruption is written as a checkpoint.</summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public static void Save(string path, IReadOnlyList<(string Name, Tensor Tensor)> tensors)
    {
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        Write(bytes => stream.Write(bytes), tensors);
    }

    /// <summary>Reads all tensors, onto the CPU, into the caller's dispose scope.</summary>
    /// <returns>In the order of their bytes in the file.</returns>
    /// <exception cref="UserMistakeException">The file is missing, unreadable or damaged.</exception>
    public static IReadOnlyList<(string Name, Tensor Tensor)> Load(string path) => Reading(path, stream =>
    {
        var header = SafetensorsHeader.Read(stream);
        using var scope = NewDisposeScope();
        var tensors = new List<(string Name, Tensor Tensor)>();
        foreach (var entry in header.Entries)
        {
            var tensor = empty([.. entry.Shape], dtype: entry.Type); // the shape in the file
            ForEachPiece(tensor, stream.ReadExactly);
            tensors.Add((entry.Name, tensor));
        }

        foreach (var (_, tensor) in tensors) tensor.MoveToOuterDisposeScope();
        return tensors;
    });

    /// <summary>What is in a file, without reading the numbers.</summary>
    /// <exception cref="UserMistakeException">The file is missing, unreadable or damaged.</exception>
    public static SafetensorsHeader LoadHeader(string path) => Reading(path, SafetensorsHeader.Read);

    private delegate void PieceAction(Span<byte> bytes);

    private static void ForEachPiece(Tensor contiguous, PieceAction act)
    {
        using var scope = NewDisposeScope();
        var flat = contiguous.reshape(-1); // any shape → [elements]
        var piece = LongestPiece / Math.Max(1, flat.element_size());
        for (long start = 0, count = flat.numel(); start < count; start += piece)
            act(flat.narrow(0, start, Math.Min(piece, count - start)).bytes); // [elements] → [piece]
    }

    private static T Reading<T>(string path, Func<Stream, T> read)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            return read(stream);
        }
        catch (InvalidDataException error)
        {
            throw new UserMistakeException($"{path}: not a whole safetensors file: {error.Message}; restore it from a copy");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserMistakeException($"{path}: cannot read: {error.Message.TrimEnd('.')}");
        }
    }
}
