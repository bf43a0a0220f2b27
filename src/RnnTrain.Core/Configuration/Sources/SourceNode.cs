namespace RnnTrain.Configuration.Sources;

/// <summary>One value of a configuration as it was written, with its place.</summary>
public abstract record SourceNode(Position At);

/// <summary>A single value.</summary>
/// <param name="Text">The text, quotes and escapes resolved.</param>
/// <param name="Plain">Written without quotes: then it may be a number, a boolean or null.</param>
public sealed record ScalarNode(Position At, string Text, bool Plain) : SourceNode(At)
{
    public bool IsNull => Plain && Text is ("" or "~" or "null" or "Null" or "NULL");
}

/// <summary>A list.</summary>
public sealed record SequenceNode(Position At, IReadOnlyList<SourceNode> Items) : SourceNode(At);

/// <summary>A block of keys.</summary>
public sealed record MappingNode(Position At, IReadOnlyList<MappingEntry> Entries) : SourceNode(At)
{
    public MappingEntry? Find(string key) => Entries.FirstOrDefault(entry => entry.Key == key);
}

/// <summary>A value that was refused already: it is skipped without a further mistake.</summary>
public sealed record RefusedNode(Position At) : SourceNode(At);

/// <summary>One key of a block.</summary>
/// <param name="At">Where the key stands.</param>
public sealed record MappingEntry(string Key, Position At, SourceNode Value);
