namespace RnnTrain.Data.Formats;

/// <summary>A way to read running text from files.</summary>
public interface ITextFormat : IDataFormat
{
    /// <summary>Reads the files of one split, in a deterministic order.</summary>
    /// <param name="entries">Paths and globs, as the configuration writes them.</param>
    /// <param name="split">What they are for.</param>
    /// <exception cref="Configuration.UserMistakeException">A file is missing, empty, unreadable or not text.</exception>
    IReadOnlyList<TextFile> Read(IReadOnlyList<string> entries, Split split);
}
