namespace RnnTrain.Configuration.Sources;

/// <summary>The values given as `--set a.b.c=value`, as one tree that is merged over the file's.</summary>
internal static class Overrides
{
    public static string NameOf(string path) => $"--set {path}";

    /// <summary>The tree of all options, a later one winning over an earlier; null without options.</summary>
    public static SourceNode? Read(IReadOnlyList<string> sets, MistakeList mistakes)
    {
        SourceNode? all = null;
        foreach (var set in sets)
        {
            if (ReadOne(set, mistakes) is not { } one) continue;
            all = all is null ? one : Merging.Merge(all, one);
        }

        return all;
    }

    private static SourceNode? ReadOne(string set, MistakeList mistakes)
    {
        var equals = set.IndexOf('=');
        var path = equals < 0 ? set : set[..equals].Trim();
        var place = new Position(NameOf(path), 0, 0);
        var keys = path.Split('.');
        if (equals < 0 || keys.Any(string.IsNullOrWhiteSpace))
        {
            mistakes.Add(place, path, "write it as key=value, for instance --set training.epochs=3");
            return null;
        }

        var node = YamlTree.OfOption(set[(equals + 1)..], place, path, mistakes) ?? new ScalarNode(place, "", Plain: true);
        for (var i = keys.Length - 1; i >= 0; i--) node = new MappingNode(place, [new MappingEntry(keys[i], place, node)]);
        return node;
    }
}
