using RnnTrain.Cells;
using RnnTrain.Configuration;

namespace RnnTrain.Tests.Cells;

/// <summary>Every cell of the table in each variant that an enumeration among its options gives it: `lstm`, `elman tanh`.</summary>
internal static class EveryCell
{
    public static IReadOnlyDictionary<string, CellOptions> Variants { get; } = CellTable.Cells.Made
        .SelectMany(VariantsOf)
        .ToDictionary(variant => variant.Name, variant => variant.Options);

    public static TheoryData<string> Names => [.. Variants.Keys];

    /// <summary>Those that libtorch has a kernel for.</summary>
    public static TheoryData<string> FusedNames => [.. Fused];

    public static IEnumerable<string> Fused => Variants.Keys.Where(name => CellTable.FusedTwinOf(Variants[name]).Kernel is not null);

    /// <summary>The paths that can compute a layer of this cell.</summary>
    public static IEnumerable<LayerPath> Paths(string name) =>
        Fused.Contains(name) ? [LayerPath.Fused, LayerPath.Unrolled] : [LayerPath.Unrolled];

    private static IEnumerable<(string Name, CellOptions Options)> VariantsOf(RegistryEntry entry)
    {
        var choice = entry.OptionsType.GetProperties().SingleOrDefault(property => property.PropertyType.IsEnum);
        if (choice is null) return [(entry.Name, (CellOptions)Activator.CreateInstance(entry.OptionsType)!)];
        return Enum.GetValues(choice.PropertyType).Cast<object>().Select(value =>
        {
            var options = (CellOptions)Activator.CreateInstance(entry.OptionsType)!;
            choice.SetValue(options, value);
            return ($"{entry.Name} {value.ToString()!.ToLowerInvariant()}", options);
        });
    }
}
