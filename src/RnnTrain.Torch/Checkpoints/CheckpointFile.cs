using System.Security.Cryptography;
using System.Text.Json;

namespace RnnTrain.Checkpoints;

/// <summary>One file of a checkpoint as it was when it was written.</summary>
/// <param name="Sha256">64 lower-case hexadecimal digits.</param>
internal sealed record CheckpointFile(string Name, long Bytes, string Sha256)
{
    internal static CheckpointFile Parse(JsonElement json) => new(
        json.GetProperty("name").GetString() ?? throw new JsonException("a file without a name"),
        json.GetProperty("bytes").GetInt64(),
        json.GetProperty("sha256").GetString() ?? throw new JsonException("a file without its sha256"));

    internal void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("name", Name);
        json.WriteNumber("bytes", Bytes);
        json.WriteString("sha256", Sha256);
        json.WriteEndObject();
    }

    /// <exception cref="InvalidDataException">The file is missing or is not what was written.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal void Verify(string folder)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path)) throw new InvalidDataException($"{Name} is missing");
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        if (stream.Length != Bytes)
            throw new InvalidDataException($"{Name} has {stream.Length} bytes, and had {Bytes} when it was written");
        if (Convert.ToHexStringLower(SHA256.HashData(stream)) != Sha256)
            throw new InvalidDataException($"{Name} is damaged or was edited: its checksum does not match");
    }
}
