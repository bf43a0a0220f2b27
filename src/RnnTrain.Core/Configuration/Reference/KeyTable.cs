using System.Reflection;
using System.Text;
using RnnTrain.Configuration.Binding;
using RnnTrain.Configuration.Sources;

namespace RnnTrain.Configuration.Reference;

/// <summary>Writes the keys of one options record as a Markdown table: key, what it accepts, default, what it means.</summary>
internal sealed class KeyTable(Components components)
{
    private readonly RecordTree tree = new(components);

    public void Write(StringBuilder text, Type record)
    {
        var schema = RecordSchema.Of(record);
        if (schema.Keys.Count == 0)
        {
            text.Append("No further keys.\n");
            return;
        }

        text.Append("| key | accepts | default | meaning |\n|---|---|---|---|\n");
        var defaults = schema.Create();
        foreach (var key in schema.Keys)
            text.Append($"| `{key.Name}` | {Accepts(key)} | {Default(key, defaults)} | {Cell(Meaning(key))} |\n");
    }

    private string Accepts(KeySchema key) => key.Value.Kind switch
    {
        ValueKind.Choice => Cell(Allowed.Or([.. Allowed.Choices(key.Value.Type).Select(choice => $"`{choice}`")]) + OrNull(key)),
        ValueKind.Component => Cell($"one of the [{components.Of(key.Value.Type).Kind}](#{components.Of(key.Value.Type).Kind})" + OrNull(key)),
        _ => Cell(Allowed.By(key.Value, components)),
    };

    private static string OrNull(KeySchema key) => key.Value.Nullable ? ", or null" : "";

    private string Default(KeySchema key, object defaults)
    {
        if (key.Required) return "";
        var value = key.Property.GetValue(defaults);
        if (value is not null && key.Value.Kind == ValueKind.Block) return "each key's own";
        return Cell($"`{YamlText.InLine(tree.Of(value, key.Value))}`");
    }

    // The meanings of an enum's choices stand behind that of the key.
    private static string Meaning(KeySchema key)
    {
        if (key.Value.Kind != ValueKind.Choice) return key.Description;
        var choices = key.Value.Type.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => $"`{SnakeCase.Of(field.Name)}`: {field.GetCustomAttribute<DescribeAttribute>()?.Text}");
        return $"{key.Description} {string.Join(' ', choices)}";
    }

    // Between backticks, every second part, Markdown leaves '<' alone.
    private static string Cell(string text) => string.Join('`', text
        .Replace("|", "\\|", StringComparison.Ordinal)
        .Split('`')
        .Select((part, i) => i % 2 == 0 ? part.Replace("<", "&lt;", StringComparison.Ordinal) : part));
}
