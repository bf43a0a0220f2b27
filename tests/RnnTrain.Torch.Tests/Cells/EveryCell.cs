using System.Reflection;
using RnnTrain.Cells;
using RnnTrain.Configuration;

namespace RnnTrain.Tests.Cells;

/// <summary>
/// Every cell of the table: with its defaults, `lstm`; with each other value that one option can have, `elman activation=relu`,
/// `lstm projection=2`; and, where several options stand apart, with the last of each at once, `lstm all`.
/// </summary>
internal static class EveryCell
{
    /// <summary>The values that options of numbers are tested with, so that they divide the 3 hidden units of most tests. Others: the default + 1.</summary>
    private static readonly Dictionary<string, int> Numbers = new() { ["heads"] = 3, ["projection"] = 2 };

    public static IReadOnlyDictionary<string, CellOptions> Variants { get; } = CellTable.Cells.Made
        .SelectMany(VariantsOf)
        .ToDictionary(variant => variant.Name, variant => variant.Options);

    public static TheoryData<string> Names => [.. Variants.Keys];

    /// <summary>Those that libtorch has a kernel for.</summary>
    public static TheoryData<string> FusedNames => [.. Fused];

    public static IEnumerable<string> Fused => Variants.Keys.Where(name => CellTable.FusedTwinOf(Variants[name]).Kernel is not null);

    /// <summary>Those that read whole sequences at once.</summary>
    public static IEnumerable<string> Parallel => Variants.Keys.Where(name => Variants[name].IsParallel);

    /// <summary>The paths that can compute a layer of this cell; auto is the parallel one where there is one.</summary>
    public static IEnumerable<LayerPath> Paths(string name) =>
        Fused.Contains(name) ? [LayerPath.Fused, LayerPath.Unrolled] : Parallel.Contains(name) ? [LayerPath.Auto, LayerPath.Unrolled] : [LayerPath.Unrolled];

    /// <summary>The options of a cell with some keys set, as golden files name them.</summary>
    public static CellOptions With(string cell, IEnumerable<KeyValuePair<string, string>> keys)
    {
        var type = CellTable.Cells.Entries.Single(entry => entry.Name == cell).OptionsType;
        var options = (CellOptions)Activator.CreateInstance(type)!;
        foreach (var (key, value) in keys)
        {
            var property = Properties(type).Single(property => Key(property) == key);
            var kind = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            property.SetValue(options, kind.IsEnum ? Enum.Parse(kind, value, ignoreCase: true) : Convert.ChangeType(value, kind, null));
        }

        return options;
    }

    private static IEnumerable<(string Name, CellOptions Options)> VariantsOf(RegistryEntry entry)
    {
        var defaults = Activator.CreateInstance(entry.OptionsType)!;
        var choices = Properties(entry.OptionsType)
            .Select(property => Others(property, property.GetValue(defaults)).Select(value => KeyValuePair.Create(Key(property), value)).ToList())
            .Where(values => values.Count > 0)
            .ToList();
        yield return (entry.Name, (CellOptions)defaults);
        foreach (var choice in choices.SelectMany(values => values)) yield return ($"{entry.Name} {choice.Key}={choice.Value}", With(entry.Name, [choice]));
        if (choices.Count > 1) yield return ($"{entry.Name} all", With(entry.Name, choices.Select(values => values[^1])));
    }

    /// <summary>The values of an option besides its default.</summary>
    private static IEnumerable<string> Others(PropertyInfo property, object? value)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (type == typeof(bool)) return [value is true ? "false" : "true"];
        if (type.IsEnum) return Enum.GetValues(type).Cast<object>().Where(other => !other.Equals(value)).Select(other => other.ToString()!.ToLowerInvariant());
        return type == typeof(int) ? [$"{Numbers.GetValueOrDefault(Key(property), (value as int? ?? 0) + 1)}"] : [];
    }

    private static IEnumerable<PropertyInfo> Properties(Type options) => options.GetProperties().Where(property => property.CanWrite);

    /// <summary>`LayerNormalization` is `layer_normalization`.</summary>
    private static string Key(PropertyInfo property) =>
        string.Concat(property.Name.Select((letter, i) => char.IsUpper(letter) ? $"{(i > 0 ? "_" : "")}{char.ToLowerInvariant(letter)}" : $"{letter}"));
}
