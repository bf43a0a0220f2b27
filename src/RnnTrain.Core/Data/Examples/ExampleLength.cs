namespace RnnTrain.Data.Examples;

/// <summary>How long an example is; ordered by what is read, then by what is written.</summary>
/// <param name="Read">Time steps that are read.</param>
/// <param name="Written">Tokens that are to be written, the end symbol not among them; 0 where none are.</param>
public readonly record struct ExampleLength(int Read, int Written) : IComparable<ExampleLength>
{
    /// <summary>Both together.</summary>
    public long Tokens => (long)Read + Written;

    public static bool operator <(ExampleLength one, ExampleLength other) => one.CompareTo(other) < 0;

    public static bool operator >(ExampleLength one, ExampleLength other) => one.CompareTo(other) > 0;

    public static bool operator <=(ExampleLength one, ExampleLength other) => one.CompareTo(other) <= 0;

    public static bool operator >=(ExampleLength one, ExampleLength other) => one.CompareTo(other) >= 0;

    /// <summary>What both examples fit into.</summary>
    public ExampleLength Or(ExampleLength other) => new(Math.Max(Read, other.Read), Math.Max(Written, other.Written));

    public int CompareTo(ExampleLength other) => Read != other.Read ? Read.CompareTo(other.Read) : Written.CompareTo(other.Written);
}
