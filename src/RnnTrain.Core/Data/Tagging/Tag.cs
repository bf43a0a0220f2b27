namespace RnnTrain.Data.Tagging;

/// <summary>A label that marks spans: `B-PER` is prefix B and type PER, `O` is outside every span.</summary>
/// <param name="Prefix">O, B, I, E or S; <see cref="NoTag"/> where the label is none of these.</param>
/// <param name="Type">What the span is; empty where spans have one type only, which files write as `B` alone. The whole label where it is no tag.</param>
public readonly record struct Tag(char Prefix, string Type)
{
    /// <summary>The prefix of a label that marks no span in any scheme.</summary>
    public const char NoTag = '?';

    private const string Prefixes = "BIES";

    public static Tag Outside => new('O', "");

    /// <summary>The first word of a span: where it is certain from this tag alone.</summary>
    internal bool IsFirst => Prefix is 'B' or 'S';

    /// <summary>The last word of a span: where it is certain from this tag alone.</summary>
    internal bool IsLast => Prefix is 'E' or 'S';

    internal bool IsInSpan => Prefix is not ('O' or NoTag);

    public static Tag Parse(string label)
    {
        if (label == "O") return Outside;
        if (label.Length == 0 || !Prefixes.Contains(label[0], StringComparison.Ordinal)) return new Tag(NoTag, label);
        if (label.Length == 1) return new Tag(label[0], "");
        return label[1] == '-' && label.Length > 2 ? new Tag(label[0], label[2..]) : new Tag(NoTag, label);
    }

    /// <summary>The label as files write it.</summary>
    public override string ToString() => Prefix == NoTag ? Type : Type.Length == 0 ? $"{Prefix}" : $"{Prefix}-{Type}";
}
