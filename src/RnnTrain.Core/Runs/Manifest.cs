using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using RnnTrain.Configuration;
using RnnTrain.Data;

namespace RnnTrain.Runs;

/// <summary>What was run, with what, on what and where: `manifest.json`.</summary>
public sealed record Manifest
{
    public const string FileName = "manifest.json";

    /// <summary>The arrangement of the run folder; see <see cref="RunFolder.Format"/>.</summary>
    public int Format { get; init; } = RunFolder.Format;

    /// <summary>The experiment's name.</summary>
    public required string Name { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The program's arguments, as the user gave them.</summary>
    public required IReadOnlyList<string> CommandLine { get; init; }

    public required SoftwareVersions Versions { get; init; }

    /// <summary>Where the tensors live, for instance `cpu` or `cuda:0 (NVIDIA H200)`.</summary>
    public required string Device { get; init; }

    /// <summary>The number format of recurrent and output layers.</summary>
    public string Precision { get; init; } = "fp32";

    public required long Seed { get; init; }

    /// <summary>Trained numbers of the model.</summary>
    public required long ParameterCount { get; init; }

    /// <summary>The files of data as they were when the run began.</summary>
    public required IReadOnlyList<DataFile> Data { get; init; }

    public required HostFacts Host { get; init; }

    /// <summary>The commit that the current folder was at; null outside a git checkout.</summary>
    public string? GitCommit { get; init; }

    /// <summary>When the run was continued, oldest first.</summary>
    public IReadOnlyList<Resumption> Resumptions { get; init; } = [];

    /// <summary>When training came to its end, by the configuration or by early stopping; null while it has not.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The manifest with one more resumption at its end.</summary>
    public Manifest Resumed(Resumption resumption) => this with { FinishedAt = null, Resumptions = [.. Resumptions, resumption] };

    /// <exception cref="UserMistakeException">The file is missing, damaged or of another format.</exception>
    public static Manifest Read(string path)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            var format = FormatOf(bytes);
            if (format != RunFolder.Format)
            {
                throw new UserMistakeException(
                    $"{path}: a run of format {format}, this rnn reads format {RunFolder.Format}; use the rnn that wrote it");
            }

            return JsonSerializer.Deserialize(bytes, ManifestJson.Readable.Manifest)
                ?? throw new JsonException("null where the manifest should be");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new UserMistakeException($"{path}: damaged: {error.Message.TrimEnd('.')}; restore it, or train anew");
        }
        catch (Exception error) when (StorageFailure.Is(error))
        {
            throw new UserMistakeException($"{path}: cannot read: {error.Message.TrimEnd('.')}");
        }
    }

    public string ToJson() => JsonSerializer.Serialize(this, ManifestJson.Readable.Manifest) + "\n";

    // Read before the rest, since another format may mean other properties.
    private static int FormatOf(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        using var document = JsonDocument.ParseValue(ref reader);
        return document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("format", out var format)
            && format.TryGetInt32(out var number)
                ? number
                : throw new JsonException("no format number");
    }
}

/// <summary>What the run was computed by.</summary>
public sealed record SoftwareVersions
{
    public required string Rnn { get; init; }

    public required string DotNet { get; init; }

    /// <summary>Which TorchSharp: cuda, cpu, system or path.</summary>
    public required string TorchRuntime { get; init; }

    public required string Libtorch { get; init; }
}

/// <summary>One continuation of a run.</summary>
public sealed record Resumption
{
    public required DateTimeOffset At { get; init; }

    /// <summary>The optimizer steps that were done by then.</summary>
    public required long Step { get; init; }

    public required IReadOnlyList<string> CommandLine { get; init; }

    public required SoftwareVersions Versions { get; init; }

    public required string Device { get; init; }

    public required HostFacts Host { get; init; }

    /// <summary>Configuration keys that changed, each as `training.epochs: 10 → 20`.</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];
}

[JsonSerializable(typeof(Manifest))]
internal sealed partial class ManifestJson : JsonSerializerContext
{
    internal static ManifestJson Readable { get; } = new(new JsonSerializerOptions
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        // letters beyond ASCII as they are: people read this file, no web page holds it
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
