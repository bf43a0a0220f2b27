using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using RnnTrain.Configuration;

namespace RnnTrain.Data.Encoding;

/// <summary>
/// A vocabulary as a JSON file: <c>{"format": 1, "unknown": "&lt;unk&gt;", "symbols": [["the", 113161], …]}</c>, one symbol and its
/// count a line in the order of the ids. Byte-pair encoding adds <c>"lower_case": false, "merges": [[12, 7], …]</c>, its merges by the ids of
/// the two, ten a line.
/// </summary>
public static class VocabularyFile
{
    /// <summary>The file's name in a run folder.</summary>
    public const string Name = "vocabulary.json";

    private const int Format = 1;
    private const int MergesALine = 10;

    /// <summary>The text of the file.</summary>
    public static string ToJson(Vocabulary vocabulary)
    {
        var text = new StringBuilder("{\n");
        text.Append("  \"format\": ").Append(Format).Append(",\n");
        var unknown = vocabulary.UnknownId is { } id ? vocabulary.Symbols[id] : null;
        text.Append("  \"unknown\": ").Append(unknown is null ? "null" : Quoted(unknown)).Append(",\n");
        text.Append("  \"symbols\": [\n");
        for (var i = 0; i < vocabulary.Size; i++)
        {
            text.Append("    [").Append(Quoted(vocabulary.Symbols[i])).Append(", ").Append(vocabulary.Counts[i]);
            text.Append(i < vocabulary.Size - 1 ? "],\n" : "]\n");
        }

        text.Append("  ]");
        if (vocabulary.Merges is { } merges) Append(text, merges);
        return text.Append("\n}\n").ToString();
    }

    private static void Append(StringBuilder text, BytePairMerges merges)
    {
        text.Append(",\n  \"lower_case\": ").Append(merges.IsLowerCase ? "true" : "false");
        var lines = merges.Pairs.Select(pair => FormattableString.Invariant($"[{pair.Left}, {pair.Right}]")).Chunk(MergesALine);
        text.Append(",\n  \"merges\": [\n    ").AppendJoin(",\n    ", lines.Select(line => string.Join(", ", line))).Append("\n  ]");
    }

    /// <exception cref="UserMistakeException">The file is missing, damaged, or of another format number.</exception>
    public static Vocabulary Load(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return Read(document.RootElement, path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserMistakeException($"{path} cannot be read: {failure.Message}");
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or ArgumentException or IndexOutOfRangeException)
        {
            throw new UserMistakeException($"{path} is damaged ({failure.Message.ReplaceLineEndings(" ")}); restore it from a copy of the run");
        }
    }

    // Letters beyond ASCII stay as they are: people read this file, no web page holds it.
    private static string Quoted(string symbol) => $"\"{JsonEncodedText.Encode(symbol, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    private static Vocabulary Read(JsonElement root, string path)
    {
        var format = root.GetProperty("format").GetInt32();
        if (format != Format)
            throw new UserMistakeException($"{path} has format {format}; this version of rnn reads format {Format}");

        var symbols = new List<string>();
        var counts = new List<long>();
        foreach (var entry in root.GetProperty("symbols").EnumerateArray())
        {
            if (entry.GetArrayLength() != 2) throw new FormatException($"entry {symbols.Count + 1} of symbols is not [symbol, count]");
            symbols.Add(entry[0].GetString() ?? throw new FormatException($"entry {symbols.Count + 1} of symbols has no symbol"));
            counts.Add(entry[1].GetInt64());
        }

        var vocabulary = new Vocabulary(symbols, counts, root.GetProperty("unknown").GetString()) { Merges = MergesOf(root) };
        if (vocabulary.Merges is not { } merges) return vocabulary;
        BytePairMerges.BytesOf(vocabulary);
        merges.ResultsIn(vocabulary);
        return vocabulary;
    }

    private static BytePairMerges? MergesOf(JsonElement root)
    {
        if (!root.TryGetProperty("merges", out var merges)) return null;
        return new BytePairMerges(root.GetProperty("lower_case").GetBoolean(), [.. merges.EnumerateArray().Select(pair => (pair[0].GetInt32(), pair[1].GetInt32()))]);
    }
}
