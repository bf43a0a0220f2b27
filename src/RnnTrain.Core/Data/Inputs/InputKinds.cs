using RnnTrain.Configuration;

namespace RnnTrain.Data.Inputs;

/// <summary>The kinds of input by their names on the command line and by the endings of file names.</summary>
public static class InputKinds
{
    /// <summary>What people write: `jsonl`.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetNames<InputKind>().Select(name => name.ToLowerInvariant())];

    /// <summary>What a name that a person wrote means; null for one that means nothing.</summary>
    public static InputKind? Named(string name) => Enum.TryParse<InputKind>(name, ignoreCase: true, out var kind) ? kind : null;

    /// <summary>What a file holds by the ending of its name, before which a `.gz` is taken off: text, where the ending says nothing else.</summary>
    public static InputKind OfFile(string path)
    {
        var name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        return Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".jsonl" or ".ndjson" => InputKind.Jsonl,
            ".csv" => InputKind.Csv,
            ".tsv" => InputKind.Tsv,
            ".conll" or ".conllu" or ".iob" or ".bio" => InputKind.Conll,
            ".json" => throw new UserMistakeException($"{path}: one JSON object a line is read, not a JSON document; call such a file .jsonl, or give --input-format"),
            _ => InputKind.Text,
        };
    }
}
