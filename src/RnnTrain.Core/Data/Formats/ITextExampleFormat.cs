using RnnTrain.Data.Examples;

namespace RnnTrain.Data.Formats;

/// <summary>A way to read examples that are text. Files are read from the beginning each time they are asked for and never held as a whole.</summary>
public interface ITextExampleFormat : IDataFormat
{
    /// <summary>The files of one split, found and hashed.</summary>
    /// <param name="entries">Paths and globs, as the configuration writes them.</param>
    /// <param name="split">What they are for.</param>
    /// <exception cref="Configuration.UserMistakeException">A file is missing or unreadable.</exception>
    IReadOnlyList<DataFile> Files(IReadOnlyList<string> entries, Split split);

    /// <summary>The examples of one split in the order of its files, the same ones each time.</summary>
    /// <param name="entries">Paths and globs, as the configuration writes them.</param>
    /// <param name="split">What they are for.</param>
    /// <exception cref="Configuration.UserMistakeException">A file does not hold what the options say; names file and line.</exception>
    IEnumerable<TextExample> Read(IReadOnlyList<string> entries, Split split);

    /// <summary>What a person should know after all was read, one line each: `data.train: 3 pairs with an empty side were skipped`.</summary>
    IReadOnlyList<string> Remarks => [];
}
