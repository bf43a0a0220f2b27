using RnnTrain.Configuration.Binding;
using RnnTrain.Configuration.Sources;

namespace RnnTrain.Configuration;

/// <summary>A key that two configurations give different values.</summary>
/// <param name="Key">Dotted: `training.epochs`. Where the component itself changed, its `type` alone.</param>
/// <param name="Before">The value in one line of YAML.</param>
/// <param name="After">The value in one line of YAML.</param>
public sealed record ConfigDifference(string Key, string Before, string After)
{
    public override string ToString() => $"{Key}: {Before} → {After}";

    /// <summary>All differing keys, in the order of the file.</summary>
    public static IReadOnlyList<ConfigDifference> Between(
        ExperimentConfig before, ExperimentConfig after, IReadOnlyList<IRegistry> registries)
    {
        var tree = new RecordTree(new Components(registries));
        var differences = new List<ConfigDifference>();
        Compare(tree.Of(before), tree.Of(after), "", differences);
        return differences;
    }

    private static void Compare(SourceNode before, SourceNode after, string path, List<ConfigDifference> differences)
    {
        if (before is MappingNode a && after is MappingNode b)
        {
            // Blocks have the same keys unless they are different components, and then `type`, the first key, says all.
            foreach (var entry in a.Entries)
            {
                var found = differences.Count;
                Compare(entry.Value, b.Find(entry.Key)!.Value, path.Length == 0 ? entry.Key : $"{path}.{entry.Key}", differences);
                if (entry.Key == "type" && differences.Count > found) return;
            }

            return;
        }

        var (was, becomes) = (YamlText.InLine(before), YamlText.InLine(after));
        if (was != becomes) differences.Add(new ConfigDifference(path, was, becomes));
    }
}
