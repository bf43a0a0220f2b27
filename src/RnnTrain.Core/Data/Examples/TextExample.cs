namespace RnnTrain.Data.Examples;

/// <summary>An example as a file holds it, still text: what is read, and what is asked for as far as the format gives it.</summary>
public sealed record TextExample
{
    /// <summary>Where it stands.</summary>
    public TextPlace Place { get; init; }

    /// <summary>What is read. Where <see cref="Words"/> are given, these are what counts.</summary>
    public string Text { get; init; } = "";

    /// <summary>What is read, where the format itself cuts it into words, as CoNLL files do; null where a tokenizer does.</summary>
    public IReadOnlyList<string>? Words { get; init; }

    /// <summary>One class; any number of them where examples have sets of classes; one a word where each word has one.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>The text that is to be written; null where none is.</summary>
    public string? Target { get; init; }
}

/// <summary>A place in a data file, for messages: `sst/train.txt.gz:17`.</summary>
/// <param name="File">The file as the configuration shows it.</param>
/// <param name="Line">The line, from 1.</param>
public readonly record struct TextPlace(string File, long Line)
{
    public override string ToString() => FormattableString.Invariant($"{File}:{Line}");
}
