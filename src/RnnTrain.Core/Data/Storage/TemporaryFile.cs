using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using RnnTrain.Configuration;

namespace RnnTrain.Data.Storage;

/// <summary>
/// A file for numbers that do not fit in memory, read and written by place. The system deletes it when the process ends, however it ends: on
/// Unix it loses its name as soon as it is open. Any number of threads may read at once.
/// </summary>
public sealed class TemporaryFile
{
    private readonly SafeFileHandle handle; // closed by its finalizer, or with the process
    private readonly string folder;

    private TemporaryFile(SafeFileHandle handle, string folder) => (this.handle, this.folder) = (handle, folder);

    /// <summary>Where such files are: the folder that TMPDIR names; else /var/tmp, since /tmp may be in memory; else the system's.</summary>
    public static string Folder
    {
        get
        {
            const string OnDisk = "/var/tmp";
            var isNamed = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("TMPDIR"));
            return !isNamed && !OperatingSystem.IsWindows() && Directory.Exists(OnDisk) ? OnDisk : Path.GetTempPath();
        }
    }

    /// <summary>A new empty one.</summary>
    /// <exception cref="UserMistakeException">The folder takes no file.</exception>
    public static TemporaryFile Create(string folder)
    {
        var path = Path.Combine(folder, $"rnn-{Environment.ProcessId}-{Path.GetRandomFileName()}");
        try
        {
            var options = OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None;
            var handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, options | FileOptions.RandomAccess);
            if (!OperatingSystem.IsWindows()) File.Delete(path);
            return new TemporaryFile(handle, folder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw NoRoom(folder, failure);
        }
    }

    /// <summary>A file that is open already.</summary>
    public static TemporaryFile Over(SafeFileHandle handle) => new(handle, "its folder");

    /// <param name="place">In bytes.</param>
    /// <param name="values">Numbers of any width.</param>
    /// <exception cref="UserMistakeException">The disk is full.</exception>
    public void Write<T>(long place, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        try
        {
            RandomAccess.Write(handle, MemoryMarshal.AsBytes(values), place);
        }
        catch (IOException failure)
        {
            throw NoRoom(folder, failure);
        }
    }

    /// <summary>Fills the span with what was written at that place.</summary>
    public void Read(long place, Span<byte> into)
    {
        while (!into.IsEmpty)
        {
            var read = RandomAccess.Read(handle, into, place);
            if (read == 0) throw new EndOfStreamException($"the temporary file ends at {place}");
            into = into[read..];
            place += read;
        }
    }

    private static UserMistakeException NoRoom(string folder, Exception failure) => new(
        $"data.storage: the data does not fit in memory, and the temporary file in {folder} cannot be written: {failure.Message.ReplaceLineEndings(" ")}; "
        + "name a folder with more room by the environment variable TMPDIR, or use less data (data.limit)");
}
