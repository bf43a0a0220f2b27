using System.Collections;
using System.Globalization;
using RnnTrain.Configuration.Sources;

namespace RnnTrain.Configuration.Binding;

/// <summary>The way back: options records as the tree that binds to them, every default filled in.</summary>
internal sealed class RecordTree(Components components)
{
    private static readonly Position Nowhere = new("", 0, 0);

    public MappingNode Of(object record) => Block(record, type: null);

    public SourceNode Of(object? value, ValueSchema schema)
    {
        if (value is null) return Plain("null");
        return schema.Kind switch
        {
            ValueKind.Boolean => Plain((bool)value ? "true" : "false"),
            ValueKind.Integer => Plain(Convert.ToString(value, CultureInfo.InvariantCulture)!),
            ValueKind.Number => Plain(Number((double)value)),
            ValueKind.Choice => Plain(SnakeCase.Of(value.ToString()!)),
            ValueKind.Text or ValueKind.Word => new ScalarNode(Nowhere, value.ToString()!, Plain: false),
            ValueKind.List => new SequenceNode(Nowhere, [.. ((IEnumerable)value).Cast<object?>().Select(item => Of(item, schema.Item!))]),
            ValueKind.Component => Block(value, components.NameOf(schema.Type, value)),
            _ => Block(value, type: null),
        };
    }

    /// <summary>The shortest text that is read as the same number, by YAML 1.1 readers too: they want a point before an exponent.</summary>
    public static string Number(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        var exponent = text.IndexOf('E');
        if (exponent < 0) return text.Contains('.') ? text : text + ".0";
        var mantissa = text[..exponent];
        return $"{(mantissa.Contains('.') ? mantissa : mantissa + ".0")}e{text[(exponent + 1)..]}";
    }

    private MappingNode Block(object record, string? type)
    {
        var keys = RecordSchema.Of(record.GetType()).Keys
            .Select(key => new MappingEntry(key.Name, Nowhere, Of(key.Property.GetValue(record), key.Value)));
        return new MappingNode(Nowhere, [.. type is null ? [] : new[] { new MappingEntry("type", Nowhere, Plain(type)) }, .. keys]);
    }

    private static ScalarNode Plain(string text) => new(Nowhere, text, Plain: true);
}
