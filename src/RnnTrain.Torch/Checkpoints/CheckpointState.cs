using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RnnTrain.Runs;

namespace RnnTrain.Checkpoints;

/// <summary>
/// `state.json`, the heart of a checkpoint: its format number, the progress of training, and size and SHA-256 of each other file. Its
/// last property is the SHA-256 of the file itself with 64 zeros in that place, so that not one byte can change unnoticed.
/// </summary>
/// <param name="ValidationLoss">Null where it was not measured.</param>
/// <param name="ProgressJson">As the trainer wrote it.</param>
internal sealed record CheckpointState(long Step, double? ValidationLoss, string ProgressJson, IReadOnlyList<CheckpointFile> Files)
{
    /// <summary>What the evaluation is judged by, the lower the better; null where it is the loss.</summary>
    public double? Criterion { get; init; }

    internal const string FileName = "state.json";

    /// <summary>The arrangement of a checkpoint that this program writes and reads.</summary>
    internal const int Format = 1;

    private const string ChecksumKey = "checksum";
    private static readonly string NoChecksum = new('0', 64);

    internal byte[] ToBytes()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteNumber("format", Format);
            json.WriteNumber("step", Step);
            if (ValidationLoss is { } loss && double.IsFinite(loss)) json.WriteNumber("validation_loss", loss);
            else json.WriteNull("validation_loss");
            if (Criterion is { } criterion && double.IsFinite(criterion)) json.WriteNumber("criterion", criterion);
            json.WritePropertyName("progress");
            json.WriteRawValue(ProgressJson);
            json.WriteStartArray("files");
            foreach (var file in Files) file.WriteTo(json);
            json.WriteEndArray();
            json.WriteString(ChecksumKey, NoChecksum);
            json.WriteEndObject();
        }

        byte[] bytes = [.. buffer.WrittenSpan, (byte)'\n'];
        Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(bytes))).CopyTo(bytes.AsSpan(PlaceOfChecksum(bytes)));
        return bytes;
    }

    internal bool Has(string file) => Files.Any(saved => saved.Name == file);

    /// <summary>Reads the state of a checkpoint.</summary>
    /// <param name="path">The checkpoint's folder.</param>
    /// <exception cref="InvalidDataException">It is missing, damaged, or of another format.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal static CheckpointState Read(string path)
    {
        var file = Path.Combine(path, FileName);
        return File.Exists(file) ? Parse(File.ReadAllBytes(file)) : throw new InvalidDataException($"{FileName} is missing");
    }

    /// <summary>Reads the state of a checkpoint whose every byte is as it was saved; null where one is not.</summary>
    /// <param name="path">The checkpoint's folder.</param>
    /// <param name="step">The step it should be of.</param>
    /// <param name="modelOnly">Leaves out the files besides the model's.</param>
    /// <param name="wrong">What is wrong where the answer is null.</param>
    internal static CheckpointState? ReadVerified(string path, long step, bool modelOnly, out string wrong)
    {
        try
        {
            var state = Read(path);
            if (state.Step != step) throw new InvalidDataException($"it is the checkpoint of step {state.Step}, moved here");
            if (!state.Has(CheckpointFolder.ModelFile)) throw new InvalidDataException($"it has no {CheckpointFolder.ModelFile}");
            foreach (var file in state.Files.Where(file => !modelOnly || file.Name == CheckpointFolder.ModelFile)) file.Verify(path);
            wrong = "";
            return state;
        }
        catch (Exception error) when (error is InvalidDataException || StorageFailure.Is(error))
        {
            wrong = error is InvalidDataException ? error.Message : $"cannot be read: {error.Message.TrimEnd('.')}";
            return null;
        }
    }

    private static CheckpointState Parse(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            var root = document.RootElement;
            var format = root.GetProperty("format").GetInt32();
            if (format != Format)
                throw new InvalidDataException($"{FileName} has format {format}, this rnn reads {Format}; use the rnn that wrote it");
            RequireChecksum(bytes, root);
            var loss = root.GetProperty("validation_loss");
            return new CheckpointState(
                root.GetProperty("step").GetInt64(),
                loss.ValueKind == JsonValueKind.Null ? null : loss.GetDouble(),
                root.GetProperty("progress").GetRawText(),
                [.. root.GetProperty("files").EnumerateArray().Select(CheckpointFile.Parse)])
            {
                Criterion = root.TryGetProperty("criterion", out var criterion) ? criterion.GetDouble() : null,
            };
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw new InvalidDataException($"{FileName} is damaged: {error.Message.TrimEnd('.')}", error);
        }
    }

    private static void RequireChecksum(byte[] bytes, JsonElement root)
    {
        var written = root.GetProperty(ChecksumKey).GetString();
        var place = PlaceOfChecksum(bytes);
        if (place >= 0)
        {
            byte[] blank = [.. bytes];
            blank.AsSpan(place, NoChecksum.Length).Fill((byte)'0');
            if (written == Convert.ToHexStringLower(SHA256.HashData(blank))) return;
        }

        throw new InvalidDataException($"{FileName} is damaged or was edited: its checksum does not match");
    }

    // The file ends with the checksum, its quote, the closing brace and two line feeds; -1 where that is too short to be one.
    private static int PlaceOfChecksum(ReadOnlySpan<byte> bytes) => bytes.Length - "\"\n}\n".Length - NoChecksum.Length;
}
