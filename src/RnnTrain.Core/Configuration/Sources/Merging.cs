namespace RnnTrain.Configuration.Sources;

/// <summary>
/// Puts one tree over another. Blocks are merged key by key; single values and lists are replaced. A block whose `type`
/// changes is replaced whole, since the keys of one component mean nothing to another. A single value beside a block with a
/// `type` stands for <c>{type: value}</c>.
/// </summary>
internal static class Merging
{
    private const string Type = "type";

    public static SourceNode Merge(SourceNode under, SourceNode over) => (under, over) switch
    {
        (ScalarNode { IsNull: false } name, MappingNode block) when block.Find(Type) is null => MergeBlocks(Spelled(name), block),
        (MappingNode a, MappingNode b) => TypeChanges(a, b) ? b : MergeBlocks(a, b),
        (MappingNode block, ScalarNode { IsNull: false } name) when block.Find(Type) is not null => Merge(block, Spelled(name)),
        _ => over,
    };

    private static MappingNode Spelled(ScalarNode name) => new(name.At, [new MappingEntry(Type, name.At, name)]);

    private static bool TypeChanges(MappingNode under, MappingNode over) =>
        under.Find(Type)?.Value is ScalarNode a && over.Find(Type)?.Value is ScalarNode b && a.Text != b.Text;

    private static MappingNode MergeBlocks(MappingNode under, MappingNode over)
    {
        var entries = under.Entries.ToList();
        foreach (var entry in over.Entries)
        {
            var index = entries.FindIndex(other => other.Key == entry.Key);
            if (index < 0) entries.Add(entry);
            else entries[index] = entry with { Value = Merge(entries[index].Value, entry.Value) };
        }

        return new MappingNode(over.At, entries);
    }
}
