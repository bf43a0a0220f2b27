namespace RnnTrain.Data.Formats;

/// <summary>A way to read running text from files.</summary>
public interface ITextFormat : IDataFormat
{
    /// <summary>The files of one split, in a deterministic order, found, hashed and looked into. Mistakes further inside show when their blocks are taken.</summary>
    /// <param name="entries">Paths and globs, as the configuration writes them.</param>
    /// <param name="split">What they are for.</param>
    /// <exception cref="Configuration.UserMistakeException">A file is missing, empty, unreadable or not text.</exception>
    IReadOnlyList<TextFile> Read(IReadOnlyList<string> entries, Split split);
}
