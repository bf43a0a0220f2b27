namespace RnnTrain.Data;

/// <summary>A file that data was read from, as the run's manifest records it.</summary>
/// <param name="Path">Relative to the data root where it lies below it, else absolute; '/' between folders.</param>
/// <param name="Bytes">Its size on disk.</param>
/// <param name="Sha256">SHA-256 of its bytes on disk, 64 lower-case hexadecimal digits.</param>
public sealed record DataFile(string Path, long Bytes, string Sha256);
