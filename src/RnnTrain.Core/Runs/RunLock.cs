using RnnTrain.Configuration;

namespace RnnTrain.Runs;

/// <summary>
/// The right to write in a run folder, held by at most one process: an open file that shares nothing. The operating system takes it
/// back when the process ends, however it ends, so no stale lock is ever left behind.
/// </summary>
public sealed class RunLock : IDisposable
{
    internal const string FileName = ".lock";

    private readonly FileStream file;

    private RunLock(FileStream file) => this.file = file;

    internal static RunLock Take(RunFolder folder)
    {
        try
        {
            return new RunLock(new FileStream(folder.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException) when (IsHeld(folder.LockFile))
        {
            throw new UserMistakeException(
                $"{folder.Path}: another process is training in it ({HolderOf(folder)}); wait for it, or stop it first");
        }
        catch (Exception error) when (StorageFailure.Is(error))
        {
            throw StorageFailure.Explain(error, folder.LockFile, "make the run folder writable");
        }
    }

    public void Dispose() => file.Dispose();

    // A sharing violation has no portable code: whoever cannot even read the file meets a lock.
    private static bool IsHeld(string path)
    {
        try
        {
            if (!File.Exists(path)) return false;
            new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read).Dispose();
            return false;
        }
        catch (IOException)
        {
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string HolderOf(RunFolder folder)
    {
        try
        {
            var manifest = folder.ReadManifest();
            var host = manifest.Resumptions.LastOrDefault()?.Host ?? manifest.Host;
            return $"process {host.ProcessId} on {host.Name}";
        }
        catch (Exception error) when (StorageFailure.Is(error) || error is UserMistakeException)
        {
            return "it has only just started";
        }
    }
}
