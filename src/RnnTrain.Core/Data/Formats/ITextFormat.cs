namespace RnnTrain.Data.Formats;

/// <summary>A way to read running text from files.</summary>
public interface ITextFormat
{
    /// <summary>Reads the files that the entries of one configuration key name, in a deterministic order.</summary>
    /// <param name="entries">Paths and globs, as the configuration writes them.</param>
    /// <param name="key">The configuration key they stand under, for mistakes: `data.train`.</param>
    /// <exception cref="Configuration.UserMistakeException">A file is missing, empty, unreadable or not text.</exception>
    IReadOnlyList<TextFile> Read(IReadOnlyList<string> entries, string key);
}
