using RnnTrain.Configuration;

namespace RnnTrain.Data.Storage;

/// <summary>How many numbers of an experiment's data may stay in memory; its stores share it.</summary>
public sealed class StorageRoom
{
    private const int ShareOfMemory = 4; // one of so many parts: batches, network and the system's file cache want memory too
    private long left; // numbers

    /// <param name="numbers">How many; what is more goes into a temporary file.</param>
    /// <param name="chunkLength">How many are kept or written at once.</param>
    public StorageRoom(long numbers, int chunkLength = 1 << 20) => (left, ChunkLength) = (numbers, chunkLength);

    /// <summary>As many numbers are in memory or in a file together.</summary>
    public int ChunkLength { get; }

    /// <summary>The room that `data.storage` gives.</summary>
    public static StorageRoom Of(DataStorage storage) => new(storage switch
    {
        DataStorage.Memory => long.MaxValue,
        DataStorage.Disk => 0,
        _ => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / ShareOfMemory / sizeof(int), // of a container, where its memory is limited
    });

    /// <summary>True where a further chunk may stay in memory; then it takes its room.</summary>
    public bool TakesChunk()
    {
        if (left < ChunkLength) return false;
        left -= ChunkLength;
        return true;
    }
}
