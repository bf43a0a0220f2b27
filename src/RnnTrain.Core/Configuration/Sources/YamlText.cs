using System.Text;

namespace RnnTrain.Configuration.Sources;

/// <summary>Writes a tree as YAML that this loader and other readers, of YAML 1.1 too, take for the same values.</summary>
internal static class YamlText
{
    private const int WidestLine = 120;
    private static readonly string[] WordsWithMeaning = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];

    public static string Write(MappingNode root)
    {
        var text = new StringBuilder();
        WriteEntries(text, root, "");
        return text.ToString();
    }

    /// <summary>The value in one line: `{type: lstm, layers: 2}`, `[a, b]`, or the value alone.</summary>
    public static string InLine(SourceNode node) => node switch
    {
        ScalarNode scalar => Scalar(scalar),
        SequenceNode list => $"[{string.Join(", ", list.Items.Select(InLine))}]",
        MappingNode block => $"{{{string.Join(", ", block.Entries.Select(entry => $"{entry.Key}: {InLine(entry.Value)}"))}}}",
        _ => throw new ArgumentException("a refused value cannot be written"),
    };

    private static void WriteEntries(StringBuilder text, MappingNode block, string indentation, string? first = null)
    {
        foreach (var entry in block.Entries)
        {
            text.Append(first ?? indentation).Append(entry.Key).Append(':');
            first = null;
            WriteValue(text, entry.Value, indentation);
        }
    }

    private static void WriteValue(StringBuilder text, SourceNode value, string indentation)
    {
        switch (value)
        {
            case MappingNode { Entries: not [] and not [{ Key: "type" }] } block:
                text.Append('\n');
                WriteEntries(text, block, indentation + "  ");
                break;
            case SequenceNode { Items.Count: > 0 } list when list.Items.Any(item => item is not ScalarNode) || TooWide(list, indentation):
                text.Append('\n');
                foreach (var item in list.Items) WriteItem(text, item, indentation + "  ");
                break;
            default:
                text.Append(' ').Append(InLine(value)).Append('\n');
                break;
        }
    }

    private static void WriteItem(StringBuilder text, SourceNode item, string indentation)
    {
        if (item is MappingNode { Entries.Count: > 0 } block) WriteEntries(text, block, indentation + "  ", first: indentation + "- ");
        else text.Append(indentation).Append("- ").Append(InLine(item)).Append('\n');
    }

    private static bool TooWide(SequenceNode list, string indentation) => indentation.Length + InLine(list).Length > WidestLine;

    private static string Scalar(ScalarNode scalar) => scalar.Plain || NeedsNoQuotes(scalar.Text) ? scalar.Text : Quoted(scalar.Text);

    private static bool NeedsNoQuotes(string text) => text.Length > 0
        && (char.IsAsciiLetter(text[0]) || text[0] is '/' or '_' or '<')
        && text[^1] != ' '
        && text.All(c => char.IsAsciiLetterOrDigit(c) || "/_<>.-+*?=@ ".Contains(c))
        && !WordsWithMeaning.Contains(text, StringComparer.OrdinalIgnoreCase);

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text.Replace("${", "$${", StringComparison.Ordinal))
        {
            _ = c switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\t' => quoted.Append("\\t"),
                '\r' => quoted.Append("\\r"),
                _ when char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFEFF' || char.IsSurrogate(c) => quoted.Append($"\\u{(int)c:X4}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }
}
