using System.Text;

namespace RnnTrain.Configuration.Sources;

/// <summary>Replaces `${NAME}` and `${NAME:-default}` in single values by environment variables; `$${` stands for a plain `${`.</summary>
internal sealed class Interpolation(Func<string, string?> environment, MistakeList mistakes)
{
    public SourceNode Resolve(SourceNode node, string path) => node switch
    {
        ScalarNode scalar => ResolveScalar(scalar, path),
        SequenceNode list => list with { Items = [.. list.Items.Select((item, i) => Resolve(item, $"{path}[{i}]"))] },
        MappingNode block => block with
        {
            Entries = [.. block.Entries.Select(entry =>
                entry with { Value = Resolve(entry.Value, path.Length == 0 ? entry.Key : $"{path}.{entry.Key}") })],
        },
        _ => node,
    };

    private SourceNode ResolveScalar(ScalarNode scalar, string path)
    {
        var text = scalar.Text;
        if (!text.Contains("${", StringComparison.Ordinal)) return scalar;
        var resolved = new StringBuilder();
        for (var i = 0; i < text.Length;)
        {
            if (string.CompareOrdinal(text, i, "$${", 0, 3) == 0)
            {
                resolved.Append("${");
                i += 3;
            }
            else if (string.CompareOrdinal(text, i, "${", 0, 2) == 0)
            {
                var end = text.IndexOf('}', i);
                if (ValueOf(end < 0 ? null : text[(i + 2)..end], scalar.At, path) is not { } value) return new RefusedNode(scalar.At);
                resolved.Append(value);
                i = end + 1;
            }
            else resolved.Append(text[i++]);
        }

        return scalar with { Text = resolved.ToString() };
    }

    private string? ValueOf(string? expression, Position at, string path)
    {
        var colon = expression?.IndexOf(":-", StringComparison.Ordinal) ?? -1;
        var name = colon < 0 ? expression : expression![..colon];
        if (string.IsNullOrEmpty(name) || char.IsAsciiDigit(name[0]) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
        {
            mistakes.Add(at, path, "'${' begins the name of an environment variable; write ${NAME} or ${NAME:-default}, or $${ for a plain ${");
            return null;
        }

        var value = environment(name);
        if (colon >= 0 && string.IsNullOrEmpty(value)) value = expression![(colon + 2)..];
        if (value is null) mistakes.Add(at, path, $"the environment variable {name} is not set; set it, or write ${{{name}:-default}}");
        return value;
    }
}
