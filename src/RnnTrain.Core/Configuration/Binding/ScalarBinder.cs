using System.Globalization;
using RnnTrain.Configuration.Sources;

namespace RnnTrain.Configuration.Binding;

/// <summary>Reads single values. Strict where a guess could be wrong: "5" in quotes is text, `yes` is no boolean, 010 is no number.</summary>
internal sealed class ScalarBinder(Components components, MistakeList mistakes)
{
    public bool TryBind(ScalarNode scalar, ValueSchema schema, string path, out object? value)
    {
        var (bound, advice) = scalar.IsNull ? (null, "") : schema.Kind switch
        {
            ValueKind.Boolean => Boolean(scalar),
            ValueKind.Integer => Integer(scalar, schema),
            ValueKind.Number => Number(scalar, schema),
            ValueKind.Text => (scalar.Text, ""),
            ValueKind.Choice => Choice(scalar, schema.Type),
            ValueKind.Word => (Allowed.Word(schema.Type, scalar.Text, out _), ""),
            _ => (null, ""),
        };
        value = bound;
        if (bound is not null) return true;
        if (scalar.IsNull && schema.Kind is ValueKind.Block) advice = "; remove the key, or write {}";
        mistakes.Add(scalar.At, path, $"found {Found(scalar)}; allowed: {Allowed.By(schema, components)}{advice}");
        return false;
    }

    /// <summary>What was written, in a few words.</summary>
    public static string Found(SourceNode node) => node switch
    {
        ScalarNode { IsNull: true, Text: "" } => "nothing",
        ScalarNode { IsNull: true } => "null",
        ScalarNode { Plain: true } scalar => $"'{Short(scalar.Text)}'",
        ScalarNode scalar => $"the text \"{Short(scalar.Text)}\"",
        SequenceNode => "a list",
        _ => "a block of keys",
    };

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";

    private static (object? Value, string Advice) Boolean(ScalarNode scalar)
    {
        var value = CoreScalar.Boolean(scalar.Text);
        if (!scalar.Plain) return (null, value is null ? "" : "; remove the quotes");
        return (value, scalar.Text.ToLowerInvariant() switch
        {
            "yes" or "on" or "y" or "1" => "; write true",
            "no" or "off" or "n" or "0" => "; write false",
            _ => "",
        });
    }

    private static (object? Value, string Advice) Integer(ScalarNode scalar, ValueSchema schema)
    {
        var text = scalar.Text;
        if (!scalar.Plain) return (null, CoreScalar.IsInteger(text) ? "; remove the quotes" : "");
        if (!CoreScalar.IsInteger(text)) return (null, WholeNumberAdvice(text));
        if (schema.Type == typeof(int))
        {
            if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var small))
                return (null, TooLarge(int.MaxValue));
            return (Allowed.Within(small, schema.Bounds) ? small : null, "");
        }

        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var large))
            return (null, TooLarge(long.MaxValue));
        return (Allowed.Within(large, schema.Bounds) ? large : null, "");
    }

    private static string TooLarge(long maximum) => string.Create(CultureInfo.InvariantCulture, $"; at most {maximum} can be kept");

    private static string WholeNumberAdvice(string text)
    {
        if (!CoreScalar.IsNumber(text)) return CoreScalar.NumberAdvice(text);
        var number = CoreScalar.Number(text);
        return Math.Abs(number) < 1e15 && number == Math.Floor(number)
            ? string.Create(CultureInfo.InvariantCulture, $"; write {number:F0}") : "";
    }

    private static (object? Value, string Advice) Number(ScalarNode scalar, ValueSchema schema)
    {
        if (!scalar.Plain) return (null, CoreScalar.IsNumber(scalar.Text) ? "; remove the quotes" : "");
        if (!CoreScalar.IsNumber(scalar.Text)) return (null, CoreScalar.NumberAdvice(scalar.Text));
        var number = CoreScalar.Number(scalar.Text);
        if (!double.IsFinite(number)) return (null, "; a number must be finite");
        return (Allowed.Within(number, schema.Bounds) ? number : null, "");
    }

    private static (object? Value, string Advice) Choice(ScalarNode scalar, Type choice)
    {
        var names = Allowed.Choices(choice);
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i] == scalar.Text) return (Enum.Parse(choice, Enum.GetNames(choice)[i]), "");
        }

        return (null, NearNames.Nearest(scalar.Text, names) is { } near ? $"; did you mean '{near}'?" : "");
    }
}
