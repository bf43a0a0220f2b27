namespace RnnTrain.Data;

/// <summary>A file that data was read from, as the run's manifest records it.</summary>
public sealed record DataFile
{
    /// <summary>What it was read for: `train`, `validation` or `test`.</summary>
    public required string Split { get; init; }

    /// <summary>Relative to the data root where it lies below it, else absolute; '/' between folders.</summary>
    public required string Path { get; init; }

    /// <summary>Its size on disk.</summary>
    public required long Bytes { get; init; }

    /// <summary>SHA-256 of its bytes on disk, 64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }
}
