using RnnTrain.Configuration;
using RnnTrain.Data.Formats;

namespace RnnTrain.Data.Inputs;

/// <summary>What stands after --input: a file, or `-` for the standard input.</summary>
public static class InputFile
{
    public const string Standard = "-";

    internal const string Key = "--input";

    /// <summary>Its lines, each as soon as it is there; a file is unpacked where it is a gzip file.</summary>
    /// <param name="path">A file, or <see cref="Standard"/>.</param>
    /// <param name="standard">Opens the standard input.</param>
    /// <exception cref="UserMistakeException">It cannot be read, is damaged, or is not UTF-8; names file and line.</exception>
    public static IEnumerable<TextLine> Lines(string path, Func<Stream> standard)
    {
        if (path == Standard) return TextLines.Read(standard(), "standard input", Key);
        return File.Exists(path) ? TextLines.Read(new DataPath(path, path, IsNamed: true), Key) : throw new UserMistakeException($"{Key}: there is no file {path}");
    }
}
