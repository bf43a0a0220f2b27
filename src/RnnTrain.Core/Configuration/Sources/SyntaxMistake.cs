namespace RnnTrain.Configuration.Sources;

/// <summary>What a YAML parser's complaint means to a person, and what to do.</summary>
internal static class SyntaxMistake
{
    private static readonly (string Part, string Meaning)[] Meanings =
    [
        ("found invalid mapping", "a ':' where no key can stand; correct the indentation, or put a value that holds ': ' in quotes"),
        ("cannot start any token", "no value begins with this character; put the value in quotes"),
        ("did not find expected ',' or", "a comma or the closing bracket is missing"),
        ("did not find expected key", "neither a key with ': ' nor the value before it goes on; correct the indentation or the quotes"),
        ("did not find expected <document end>", "indented less than the first key; indent the keys of a block alike"),
        ("unknown escape character", "in double quotes a backslash begins an escape; write \\\\ for a backslash, or use single quotes"),
        ("Unicode", "an escape in these quotes is no character; correct it"),
        ("anchor or alias", "a text that begins with '*' or '&' needs quotes"),
        ("a tag", "a text that begins with '!' needs quotes"),
        ("quoted scalar", "the quotes that open here are not closed; close them"),
        ("Block sequence entries are not allowed", "a list with '-' begins in the line below its key; move it there"),
        ("did not find expected node content", "a value is missing; write it, or remove the comma"),
    ];

    /// <param name="text">The whole text.</param>
    /// <param name="index">Where in the text the parser gave up.</param>
    /// <param name="message">What the parser said.</param>
    public static string Describe(string text, long index, string message)
    {
        if (index > 0 && index < text.Length && text[(int)index] == '{' && text[(int)index - 1] == '$')
            return "not valid YAML: inside brackets, put ${…} in quotes";
        foreach (var (part, meaning) in Meanings)
        {
            if (message.Contains(part, StringComparison.OrdinalIgnoreCase)) return $"not valid YAML: {meaning}";
        }

        return $"not valid YAML: {message.TrimEnd('.')}; correct the indentation, quotes or brackets here or in the line before";
    }

    /// <summary>The first tab that stands before all else in its line, line and column from 1; null where there is none.</summary>
    public static (int Line, int Column)? TabInIndentation(string text)
    {
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var indentation = lines[i].Length - lines[i].TrimStart(' ', '\t').Length;
            var tab = lines[i].AsSpan(0, indentation).IndexOf('\t');
            if (tab >= 0) return (i + 1, tab + 1);
        }

        return null;
    }
}
