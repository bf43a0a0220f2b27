using RnnTrain.Configuration.Sources;

namespace RnnTrain.Configuration.Binding;

/// <summary>Turns a tree of what was written into options records, and notes every mistake on the way.</summary>
internal sealed class Binder(Components components, MistakeList mistakes)
{
    private const string Type = "type";

    private readonly ScalarBinder scalars = new(components, mistakes);
    private KeyPlaces? places;
    private Type? root;

    /// <summary>The record, or null where a mistake was noted.</summary>
    public object? BindRoot(MappingNode tree, Type type)
    {
        root = type;
        return BindBlock(tree, type, tree.At, path: "", skipType: false);
    }

    private object? BindBlock(MappingNode block, Type type, Position place, string path, bool skipType)
    {
        var schema = RecordSchema.Of(type);
        var record = schema.Create();
        var whole = true;
        var meant = new HashSet<string>();
        foreach (var entry in block.Entries)
        {
            if (skipType && entry.Key == Type) continue;
            var keyPath = Join(path, entry.Key);
            if (schema.Find(entry.Key) is not { } key)
            {
                whole = false;
                NoteUnknown(entry, keyPath, path, schema, skipType, meant);
            }
            else if (!TryBind(entry.Value, entry.At, key.Value, keyPath, out var value)) whole = false;
            else key.Property.SetValue(record, value);
        }

        foreach (var key in schema.Keys.Where(key => key.Required && block.Find(key.Name) is null && !meant.Contains(key.Name)))
        {
            whole = false;
            mistakes.Add(place, Join(path, key.Name), $"missing; add {Allowed.By(key.Value, components)}{Reason(key)}");
        }

        return whole ? record : null;
    }

    private static string Reason(KeySchema key) => key.Description.Length == 0 ? "" : $" ({key.Description.TrimEnd('.')})";

    private void NoteUnknown(MappingEntry entry, string keyPath, string path, RecordSchema schema, bool component, HashSet<string> meant)
    {
        List<string> names = [.. component ? [Type] : Array.Empty<string>(), .. schema.Keys.Select(key => key.Name)];
        string hint;
        if (entry.Key == "extends") hint = "; `extends` stands at the top of a file only";
        else if (entry.Key.Contains('.')) hint = $"; write {Nested(entry.Key)}";
        else if (NearNames.Nearest(entry.Key, names) is { } near)
        {
            meant.Add(near);
            hint = $"; did you mean '{near}'?";
        }
        else hint = (places ??= new KeyPlaces(root!, components)).Hint(entry.Key, path);
        mistakes.Add(entry.At, keyPath, $"unknown key; allowed here: {string.Join(", ", names)}{hint}");
    }

    // `a.b` is written `a: {b: …}`.
    private static string Nested(string key) =>
        $"{key.Replace(".", ": {", StringComparison.Ordinal)}: …{new string('}', key.Count(c => c == '.'))}";

    // place: of the key, for what is missing in a block; the node knows its own.
    private bool TryBind(SourceNode node, Position place, ValueSchema schema, string path, out object? value)
    {
        value = null;
        switch (node)
        {
            case RefusedNode:
                return false;
            case ScalarNode { IsNull: true } when schema.Nullable:
                return true;
            case MappingNode block when schema.Kind == ValueKind.Block:
                value = BindBlock(block, schema.Type, place, path, skipType: false);
                return value is not null;
            case MappingNode or ScalarNode { IsNull: false } when schema.Kind == ValueKind.Component:
                value = BindComponent(node, place, schema.Type, path);
                return value is not null;
            case SequenceNode or ScalarNode { IsNull: false } when schema.Kind == ValueKind.List:
                return TryBindList(node, place, schema, path, out value);
            case ScalarNode scalar:
                return scalars.TryBind(scalar, schema, path, out value);
            default:
                mistakes.Add(node.At, path, $"found {ScalarBinder.Found(node)}; allowed: {Allowed.By(schema, components)}");
                return false;
        }
    }

    private object? BindComponent(SourceNode node, Position place, Type optionsBase, string path)
    {
        // `cell: lstm` stands for `cell: {type: lstm}`.
        var block = node as MappingNode ?? new MappingNode(node.At, [new MappingEntry(Type, node.At, node)]);
        var names = components.NamesOf(optionsBase);
        var typePath = Join(path, Type);
        switch (block.Find(Type)?.Value)
        {
            case null:
                mistakes.Add(place, typePath, $"missing; allowed: {Allowed.Or(names)}");
                return null;
            case RefusedNode:
                return null;
            case ScalarNode { IsNull: false } name when components.Find(optionsBase, name.Text) is { } options:
                return BindBlock(block, options, place, path, skipType: true);
            case { } other:
                var near = other is ScalarNode written ? NearNames.Nearest(written.Text, names) : null;
                var hint = near is null ? "" : $"; did you mean '{near}'?";
                mistakes.Add(other.At, typePath, $"found {ScalarBinder.Found(other)}; allowed: {Allowed.Or(names)}{hint}");
                return null;
        }
    }

    // A single text stands for a list of it.
    private bool TryBindList(SourceNode node, Position place, ValueSchema schema, string path, out object? value)
    {
        value = null;
        var item = schema.Item!;
        if (node is ScalarNode single)
        {
            if (item.Kind != ValueKind.Text)
            {
                var allowed = Allowed.By(schema, components);
                mistakes.Add(node.At, path, $"found {ScalarBinder.Found(node)}; allowed: {allowed}; write [{single.Text}]");
                return false;
            }

            node = new SequenceNode(node.At, [node]);
        }

        var written = ((SequenceNode)node).Items;
        var items = Array.CreateInstance(schema.Type.GetGenericArguments()[0], written.Count);
        var whole = true;
        for (var i = 0; i < written.Count; i++)
        {
            if (TryBind(written[i], written[i].At, item, $"{path}[{i}]", out var bound)) items.SetValue(bound, i);
            else whole = false;
        }

        value = items;
        return whole;
    }

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";
}
