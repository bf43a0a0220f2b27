using System.Security.Cryptography;
using RnnTrain.Runs;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Checkpoints;

/// <summary>The writing of one checkpoint's files; what it has written is on the disk when it returns.</summary>
internal static class CheckpointWriting
{
    /// <exception cref="IOException">The disk is full, or refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written to.</exception>
    internal static void Write(string path, CheckpointContents contents)
    {
        if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
        Directory.CreateDirectory(path);
        List<CheckpointFile> files =
        [
            WriteTensors(path, CheckpointFolder.ModelFile, contents.Model),
            WriteTensors(path, CheckpointFolder.OptimizerFile, contents.Optimizer),
        ];
        if (contents.Carried.Count > 0) files.Add(WriteTensors(path, CheckpointFolder.CarriedFile, contents.Carried));
        var state = new CheckpointState(contents.Step, contents.ValidationLoss, contents.ProgressJson, files) { Criterion = contents.Criterion };
        AtomicFile.Write(Path.Combine(path, CheckpointState.FileName), state.ToBytes()); // flushes the folder too
    }

    /// <summary>Deletes what was written so far; a failure is left to the next run.</summary>
    internal static void Discard(string path)
    {
        try
        {
            if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
        }
        catch (Exception error) when (StorageFailure.Is(error))
        {
            // people must hear of the failure that led here, not of this one
        }
    }

    private static CheckpointFile WriteTensors(string path, string name, IReadOnlyList<(string Name, Tensor Tensor)> tensors)
    {
        using var stream = new FileStream(Path.Combine(path, name), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        SafetensorsFile.Write(
            bytes =>
            {
                stream.Write(bytes);
                hash.AppendData(bytes);
            },
            tensors);
        stream.Flush(flushToDisk: true);
        return new CheckpointFile(name, stream.Length, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
