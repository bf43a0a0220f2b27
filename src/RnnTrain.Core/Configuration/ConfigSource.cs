using RnnTrain.Configuration.Sources;

namespace RnnTrain.Configuration;

/// <summary>What the user wrote, merged from the file, those it extends, and the command line; it knows where each key stands.</summary>
public sealed class ConfigSource
{
    private readonly string file;

    internal ConfigSource(string file, MappingNode root, IReadOnlyList<string> files)
    {
        this.file = file;
        Root = root;
        Files = files;
    }

    /// <summary>The files that were read: the one asked for, then those it extends.</summary>
    public IReadOnlyList<string> Files { get; }

    internal MappingNode Root { get; }

    /// <summary>Where a key like `model.tie_weights` or `data.train[1]` stands; where it is not given, the nearest block around it.</summary>
    public Position PositionOf(string path)
    {
        var place = new Position(file, 1, 1);
        SourceNode? node = Root;
        foreach (var step in path.Replace("[", ".[", StringComparison.Ordinal).Split('.'))
        {
            if (node is SequenceNode list && step is ['[', .. var index, ']'] && int.TryParse(index, out var i) && i < list.Items.Count)
            {
                node = list.Items[i];
                place = node.At;
                continue;
            }

            if ((node as MappingNode)?.Find(step) is not { } entry) break;
            place = entry.At;
            node = entry.Value;
        }

        return place;
    }
}
