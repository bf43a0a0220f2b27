using System.Text.Json.Nodes;
using RnnTrain.Configuration.Binding;

namespace RnnTrain.Configuration;

/// <summary>
/// The JSON Schema (draft 2020-12) of a configuration file, for editors: completion, descriptions, unknown keys. Missing keys are left to
/// the loader, since a file that extends another need not be whole.
/// </summary>
public static class ConfigurationSchema
{
    public static JsonObject Generate(IReadOnlyList<IRegistry> registries)
    {
        var components = new Components(registries);
        var definitions = new JsonObject();
        foreach (var registry in registries)
        {
            var choices = new JsonArray(new JsonObject { ["enum"] = Strings(registry.Entries.Select(entry => entry.Name)) });
            foreach (var entry in registry.Entries) choices.Add(Component(entry, components));
            definitions[registry.Kind] = new JsonObject { ["anyOf"] = choices };
        }

        var schema = Block(typeof(ExperimentConfig), components);
        ((JsonObject)schema["properties"]!).Insert(0, "extends", new JsonObject
        {
            ["type"] = "string",
            ["description"] = "A file that this one is merged over, by its path from this file's folder.",
        });
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema["$defs"] = definitions;
        return schema;
    }

    private static JsonObject Component(RegistryEntry entry, Components components)
    {
        var block = Block(entry.OptionsType, components);
        ((JsonObject)block["properties"]!).Insert(0, "type", new JsonObject { ["const"] = entry.Name });
        block["description"] = entry.Summary;
        return block;
    }

    private static JsonObject Block(Type type, Components components)
    {
        var properties = new JsonObject();
        foreach (var key in RecordSchema.Of(type).Keys)
        {
            var value = Value(key.Value, components);
            if (key.Value.Nullable) value = new JsonObject { ["anyOf"] = new JsonArray(value, new JsonObject { ["type"] = "null" }) };
            value["description"] = key.Description;
            properties[key.Name] = value;
        }

        return new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
    }

    private static JsonObject Value(ValueSchema schema, Components components) => schema.Kind switch
    {
        ValueKind.Boolean => OrVariable(new JsonObject { ["type"] = "boolean" }),
        ValueKind.Integer => OrVariable(Number("integer", schema.Bounds)),
        ValueKind.Number => OrVariable(Number("number", schema.Bounds)),
        ValueKind.Text => new JsonObject { ["type"] = new JsonArray("string", "number", "boolean") },
        ValueKind.Choice => OrVariable(new JsonObject { ["enum"] = Strings(Allowed.Choices(schema.Type)) }),
        ValueKind.Word => new JsonObject { ["type"] = new JsonArray("string", "integer") },
        ValueKind.List => List(schema, components),
        ValueKind.Block => Block(schema.Type, components),
        _ => new JsonObject { ["$ref"] = "#/$defs/" + components.Of(schema.Type).Kind },
    };

    private static JsonObject List(ValueSchema schema, Components components)
    {
        var list = new JsonObject { ["type"] = "array", ["items"] = Value(schema.Item!, components) };
        if (schema.Item!.Kind != ValueKind.Text) return list;
        return new JsonObject { ["anyOf"] = new JsonArray(Value(schema.Item, components), list) };
    }

    private static JsonObject Number(string type, BoundsAttribute? bounds)
    {
        var number = new JsonObject { ["type"] = type };
        if (bounds is null) return number;
        if (double.IsFinite(bounds.Minimum)) number[bounds.MinimumExcluded ? "exclusiveMinimum" : "minimum"] = bounds.Minimum;
        if (double.IsFinite(bounds.Maximum)) number[bounds.MaximumExcluded ? "exclusiveMaximum" : "maximum"] = bounds.Maximum;
        return number;
    }

    // In place of a value, the environment variable that holds it.
    private static JsonObject OrVariable(JsonObject value) =>
        new() { ["anyOf"] = new JsonArray(value, new JsonObject { ["type"] = "string", ["pattern"] = @"\$\{" }) };

    private static JsonArray Strings(IEnumerable<string> names) => [.. names.Select(name => (JsonNode)name)];
}
