using System.Security.Cryptography;
using RnnTrain.Configuration;

namespace RnnTrain.Data.Formats;

/// <summary>One file that an entry of the configuration stands for.</summary>
/// <param name="FullPath">Where it lies.</param>
/// <param name="Shown">Relative to the data root where it lies below it, else absolute; '/' between folders.</param>
/// <param name="IsNamed">True when the entry names it, false when a glob found it.</param>
public sealed record DataPath(string FullPath, string Shown, bool IsNamed)
{
    /// <summary>The file as the manifest records it; reads it once, and holds nothing of it.</summary>
    /// <exception cref="UserMistakeException">It cannot be read.</exception>
    public DataFile Hashed(Split split)
    {
        try
        {
            using var content = new FileStream(FullPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1 << 16);
            var sha256 = Convert.ToHexStringLower(SHA256.HashData(content));
            return new DataFile { Split = split.Name(), Path = Shown, Bytes = content.Length, Sha256 = sha256 };
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserMistakeException($"{split.Key()}: {Shown} cannot be read: {failure.Message}");
        }
    }
}
