using System.Text;
using RnnTrain.Configuration.Binding;
using RnnTrain.Configuration.Reference;

namespace RnnTrain.Configuration;

/// <summary>docs/CONFIGURATION.md: every key of every block and component, generated from the options records alone.</summary>
public static class ConfigurationDocument
{
    public static string Generate(IReadOnlyList<IRegistry> registries)
    {
        var components = new Components(registries);
        var tables = new KeyTable(components);
        var text = new StringBuilder(Guide.Text.ReplaceLineEndings("\n"));
        foreach (var rule in ResumeRules.MayChange) text.Append($"- `{rule.Prefix}`: {rule.Reason}.\n");
        text.Append("\n## Keys\n\nA key without a default must be given.\n\n### The top of the file\n\n");
        tables.Write(text, typeof(ExperimentConfig));
        WriteBlocks(text, tables, typeof(ExperimentConfig), "");
        foreach (var registry in registries) WriteComponents(text, tables, registry);
        return text.ToString();
    }

    private static void WriteBlocks(StringBuilder text, KeyTable tables, Type type, string path)
    {
        foreach (var key in RecordSchema.Of(type).Keys.Where(key => key.Value.Kind == ValueKind.Block))
        {
            var below = path.Length == 0 ? key.Name : $"{path}.{key.Name}";
            text.Append($"\n### `{below}`\n\n{key.Description}\n\n");
            tables.Write(text, key.Value.Type);
            WriteBlocks(text, tables, key.Value.Type, below);
        }
    }

    private static void WriteComponents(StringBuilder text, KeyTable tables, IRegistry registry)
    {
        var places = PlacesOf(typeof(ExperimentConfig), registry.OptionsBase, "").Select(place => $"`{place}`").ToList();
        text.Append($"\n## {char.ToUpperInvariant(registry.Kind[0])}{registry.Kind[1..]}\n\n");
        if (places.Count > 0) text.Append($"The choices of `type` in {Allowed.Or(places)}.\n");
        foreach (var entry in registry.Entries)
        {
            text.Append($"\n### `{entry.Name}`\n\n{entry.Summary}\n\n");
            tables.Write(text, entry.OptionsType);
        }
    }

    private static IEnumerable<string> PlacesOf(Type block, Type optionsBase, string path)
    {
        foreach (var key in RecordSchema.Of(block).Keys)
        {
            var below = path.Length == 0 ? key.Name : $"{path}.{key.Name}";
            var value = key.Value.Item ?? key.Value;
            if (value.Type == optionsBase) yield return below;
            if (value.Kind != ValueKind.Block) continue;
            foreach (var place in PlacesOf(value.Type, optionsBase, below)) yield return place;
        }
    }
}
