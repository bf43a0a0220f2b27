using System.Buffers;
using System.Text.Json;

namespace RnnTrain.Checkpoints;

/// <summary>
/// `index.json`: which checkpoints there are and which is the best, for people and scripts. This program looks at the folders
/// themselves, so a damaged index misleads nobody and is written anew.
/// </summary>
internal static class CheckpointIndex
{
    internal static byte[] ToBytes(IReadOnlyList<CheckpointSummary> checkpoints)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteNumber("format", CheckpointState.Format);
            WriteNumberOrNull(json, "best", checkpoints.FirstOrDefault(one => one.IsBest)?.Step);
            WriteNumberOrNull(json, "last", checkpoints.LastOrDefault()?.Step);
            json.WriteStartArray("checkpoints");
            foreach (var one in checkpoints)
            {
                json.WriteStartObject();
                json.WriteNumber("step", one.Step);
                WriteNumberOrNull(json, "validation_loss", one.ValidationLoss);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    private static void WriteNumberOrNull(Utf8JsonWriter json, string key, long? number)
    {
        if (number is { } value) json.WriteNumber(key, value);
        else json.WriteNull(key);
    }

    private static void WriteNumberOrNull(Utf8JsonWriter json, string key, double? number)
    {
        if (number is { } value && double.IsFinite(value)) json.WriteNumber(key, value); // JSON knows no NaN
        else json.WriteNull(key);
    }
}
