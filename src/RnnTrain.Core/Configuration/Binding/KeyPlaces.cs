namespace RnnTrain.Configuration.Binding;

/// <summary>Where in a configuration each key may stand, to say where a misplaced one belongs.</summary>
internal sealed class KeyPlaces
{
    // key → the blocks that have it, with the component's name where the block is one.
    private readonly Dictionary<string, List<(string Block, string? Component)>> places = [];
    private readonly Components components;

    public KeyPlaces(Type root, Components components)
    {
        this.components = components;
        AddBlock(root, "", component: null, depth: 0);
    }

    /// <summary>A clause that says where the key belongs, or which key was meant; empty where nothing is near.</summary>
    /// <param name="block">The dotted path of the block it was found in.</param>
    public string Hint(string key, string block)
    {
        var name = places.ContainsKey(key) ? key : NearNames.Nearest(key, places.Keys);
        if (name is null) return "";
        var homes = places[name].Where(place => place.Component is not null || place.Block != block).Distinct().Take(3).ToList();
        if (homes.Count == 0) return "";
        return name == key
            ? $"; '{key}' belongs to {Allowed.Or([.. homes.Select(Home).Distinct()])}"
            : $"; did you mean '{Full(homes[0].Block, name)}'?";
    }

    private static string Full(string block, string key) => block.Length == 0 ? key : $"{block}.{key}";

    private static string Home((string Block, string? Component) place)
    {
        var block = place.Block.Length == 0 ? "the top of the file" : place.Block;
        return place.Component is null ? block : $"{block} with `type: {place.Component}`";
    }

    private void AddBlock(Type type, string path, string? component, int depth)
    {
        if (depth > 6) return;
        foreach (var key in RecordSchema.Of(type).Keys)
        {
            if (!places.TryGetValue(key.Name, out var homes)) places.Add(key.Name, homes = []);
            // A key of the kind's own record is every component's.
            homes.Add((path, key.Property.DeclaringType == type ? component : null));
            var value = key.Value.Item ?? key.Value;
            var below = Full(path, key.Name);
            if (value.Kind == ValueKind.Block) AddBlock(value.Type, below, component: null, depth + 1);
            if (value.Kind != ValueKind.Component) continue;
            foreach (var entry in components.Of(value.Type).Entries) AddBlock(entry.OptionsType, below, entry.Name, depth + 1);
        }
    }
}
