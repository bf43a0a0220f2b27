using System.Runtime.InteropServices;
using System.Text;

namespace RnnTrain.Runs;

/// <summary>
/// Files that are there whole or not at all, whatever happens to the process or the power: written beside their place, flushed to
/// the disk, then renamed. POSIX promises that rename replaces atomically; the folder is flushed too, or the new name could be lost.
/// </summary>
public static class AtomicFile
{
    private const string TemporarySuffix = ".writing";

    /// <exception cref="IOException">The disk is full, or refuses; the file that was there before is untouched.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written to.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var temporary = path + TemporarySuffix;
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            if (File.Exists(temporary)) File.Delete(temporary);
            throw;
        }

        FlushFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Writes text as UTF-8 without a byte-order mark.</summary>
    public static void Write(string path, string content) => Write(path, Encoding.UTF8.GetBytes(content));

    /// <summary>Makes the names in a folder durable. Windows offers no such call and needs none: NTFS journals its names.</summary>
    /// <exception cref="IOException">The disk reports an error.</exception>
    public static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var descriptor = Open(folder, flags: 0);
        if (descriptor < 0) throw Failure(folder);
        try
        {
            const int InvalidArgument = 22; // what file systems without the notion answer
            if (Fsync(descriptor) < 0 && Marshal.GetLastPInvokeError() != InvalidArgument) throw Failure(folder);
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    private static IOException Failure(string folder) =>
        new($"{Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())} : '{folder}'", Marshal.GetLastPInvokeError());

    // System.IO opens no folders, so libc is asked. O_RDONLY is 0 everywhere.
    [DllImport("libc", EntryPoint = "open", SetLastError = true, BestFitMapping = false)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Fsync(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int descriptor);
}
