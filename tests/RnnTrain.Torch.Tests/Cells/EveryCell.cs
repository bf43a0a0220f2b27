using RnnTrain.Cells;
using RnnTrain.Configuration;

namespace RnnTrain.Tests.Cells;

/// <summary>Every cell of the table in each variant that an enumeration among its options gives it: `lstm`, `elman tanh`.</summary>
internal static class EveryCell
{
    public static IReadOnlyDictionary<string, CellOptions> Variants { get; } = CellTable.Cells.Entries
        .SelectMany(VariantsOf)
        .ToDictionary(variant => variant.Name, variant => variant.Options);

    public static TheoryData<string> Names => [.. Variants.Keys];

    /// <summary>Those that libtorch has a kernel for.</summary>
    public static TheoryData<string> FusedNames => [.. Variants.Where(pair => CellTable.FusedTwinOf(pair.Value).Kernel is not null).Select(pair => pair.Key)];

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
