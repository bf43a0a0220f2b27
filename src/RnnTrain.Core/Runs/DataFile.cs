using System.Security.Cryptography;

namespace RnnTrain.Runs;

/// <summary>One file of data as it was when the run began.</summary>
public sealed record DataFile
{
    /// <summary>What it was read for: train, validation or test.</summary>
    public required string Split { get; init; }

    public required string Path { get; init; }

    public required long Bytes { get; init; }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Reads the file once, in pieces.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static DataFile Describe(string split, string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        return new DataFile
        {
            Split = split,
            Path = path,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(stream)),
            Bytes = stream.Position,
        };
    }
}
