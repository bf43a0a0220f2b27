namespace RnnTrain.Configuration.Sources;

/// <summary>What a YAML parser's complaint means to a person, and what to do.</summary>
internal static class SyntaxMistake
{
    private static readonly (string Part, string Advice)[] Known = [];

    public static string Describe(string message)
    {
        foreach (var (part, advice) in Known)
        {
            if (message.Contains(part, StringComparison.OrdinalIgnoreCase)) return $"not valid YAML: {advice}";
        }

        return $"not valid YAML: {message.TrimEnd('.')}; check indentation, quotes and brackets here and in the line before";
    }
}
