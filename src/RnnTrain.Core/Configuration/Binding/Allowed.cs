using System.Globalization;
using System.Reflection;

namespace RnnTrain.Configuration.Binding;

/// <summary>Says in words what a key accepts, for mistakes and for the documentation.</summary>
internal static class Allowed
{
    public static string By(ValueSchema value, Components components)
    {
        var what = value.Kind switch
        {
            ValueKind.Boolean => "true or false",
            ValueKind.Integer => "a whole number" + Range(value.Bounds),
            ValueKind.Number => "a number" + Range(value.Bounds),
            ValueKind.Text => "text",
            ValueKind.Choice => Or(Choices(value.Type)),
            ValueKind.Word => WordRule(value.Type),
            ValueKind.List when value.Item!.Kind == ValueKind.Text => "text, or a list of texts",
            ValueKind.List => "a list, each item " + By(value.Item!, components),
            ValueKind.Block => "a block of keys",
            _ => "a block with `type`: " + Or(components.NamesOf(value.Type)),
        };
        return value.Nullable ? what + ", or null" : what;
    }

    public static IReadOnlyList<string> Choices(Type choice) => [.. Enum.GetNames(choice).Select(SnakeCase.Of)];

    /// <summary>"a, b or c".</summary>
    public static string Or(IReadOnlyList<string> names) =>
        names.Count < 2 ? string.Concat(names) : $"{string.Join(", ", names.Take(names.Count - 1))} or {names[^1]}";

    /// <summary>Parses a word by its type's own rule.</summary>
    /// <returns>The value, or null and the rule.</returns>
    public static object? Word(Type type, string text, out string rule)
    {
        var parse = type.GetMethod("Parse", [typeof(string), typeof(IFormatProvider)])
            ?? throw new NotSupportedException($"{type} has no public Parse(string, IFormatProvider)");
        rule = "";
        try
        {
            return parse.Invoke(null, [text, CultureInfo.InvariantCulture]);
        }
        catch (TargetInvocationException e) when (e.InnerException is FormatException or OverflowException)
        {
            rule = e.InnerException.Message;
            return null;
        }
    }

    public static string Range(BoundsAttribute? bounds)
    {
        if (bounds is null) return "";
        var parts = new List<string>(2);
        if (!double.IsInfinity(bounds.Minimum)) parts.Add((bounds.MinimumExcluded ? "above " : "at least ") + Show(bounds.Minimum));
        if (!double.IsInfinity(bounds.Maximum)) parts.Add((bounds.MaximumExcluded ? "below " : "at most ") + Show(bounds.Maximum));
        return parts.Count == 0 ? "" : ", " + string.Join(" and ", parts);
    }

    public static bool Within(double number, BoundsAttribute? bounds) => bounds is null
        || ((bounds.MinimumExcluded ? number > bounds.Minimum : number >= bounds.Minimum)
            && (bounds.MaximumExcluded ? number < bounds.Maximum : number <= bounds.Maximum));

    private static string WordRule(Type type) => Word(type, "", out var rule) is null ? rule : "a word";

    private static string Show(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
