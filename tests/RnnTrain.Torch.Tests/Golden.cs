using System.Text.Json;

namespace RnnTrain.Tests;

/// <summary>Numbers that a script in scripts/golden wrote.</summary>
internal static class Golden
{
    public static T Read<T>(string file)
    {
        using var stream = typeof(Golden).Assembly.GetManifestResourceStream(file) ?? throw new FileNotFoundException(file);
        return JsonSerializer.Deserialize<T>(stream, Options)!;
    }

    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
}
