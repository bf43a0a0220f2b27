using System.Text;
using RnnTrain.Configuration;
using RnnTrain.Runs;

namespace RnnTrain.Composition;

/// <summary>
/// A file of answers that is there whole or not at all: it is written under a name that ends in `.partial` and renamed when the last answer is in it. What
/// was written before something went wrong stays there.
/// </summary>
public sealed class AnswerFile : IDisposable
{
    private readonly string path;
    private readonly string partial;
    private readonly StreamWriter writer;

    /// <param name="path">A file; a device, as /dev/null is, is written to directly.</param>
    /// <exception cref="UserMistakeException">It cannot be written.</exception>
    public AnswerFile(string path)
    {
        this.path = File.Exists(path) && File.ResolveLinkTarget(path, returnFinalTarget: true) is { } target ? target.FullName : path;
        partial = this.path.StartsWith("/dev/", StringComparison.Ordinal) ? this.path : this.path + ".partial";
        writer = Do(() => new StreamWriter(partial, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" });
    }

    public TextWriter Writer => writer;

    /// <summary>Where the answers are that came before something went wrong.</summary>
    public string Partial => partial;

    /// <summary>Gives the file its name.</summary>
    /// <exception cref="UserMistakeException">The disk does not take it.</exception>
    public void Finish() => Do(() =>
    {
        writer.Flush();
        if (partial == path) return 0;
        ((FileStream)writer.BaseStream).Flush(flushToDisk: true);
        writer.Dispose();
        File.Move(partial, path, overwrite: true);
        AtomicFile.FlushFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        return 0;
    });

    /// <summary>Hands what was written to the operating system.</summary>
    /// <inheritdoc cref="Finish" path="/exception"/>
    public void Flush() => Do(() =>
    {
        writer.Flush();
        return 0;
    });

    public void Dispose()
    {
        try
        {
            writer.Dispose();
        }
        catch (IOException)
        {
            // told already, where it was written
        }
    }

    private T Do<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception error) when (StorageFailure.Is(error))
        {
            throw StorageFailure.Explain(error, path, "give another --output");
        }
    }
}
