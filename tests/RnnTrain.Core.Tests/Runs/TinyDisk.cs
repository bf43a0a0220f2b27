using System.Diagnostics;

namespace RnnTrain.Tests.Runs;

/// <summary>A file system of its own that is soon full. Only root may mount one: tests that need it are skipped elsewhere.</summary>
public sealed class TinyDisk : IDisposable
{
    private readonly TemporaryFolder mountPoint;

    private TinyDisk(TemporaryFolder mountPoint) => this.mountPoint = mountPoint;

    public string Path => mountPoint.Path;

    public static TinyDisk Mount(int megabytes)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "needs root, to mount a tiny file system");
        var mountPoint = new TemporaryFolder();
        var mounted = Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "rnn-test", mountPoint.Path);
        if (!mounted) mountPoint.Dispose();
        Assert.SkipUnless(mounted, "this system lets not even root mount a file system");
        return new TinyDisk(mountPoint);
    }

    /// <summary>Writes until nothing more fits.</summary>
    public void Fill()
    {
        var block = new byte[4096];
        var place = System.IO.Path.Combine(Path, "filler");
        using var filler = new FileStream(place, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true) filler.Write(block);
        }
        catch (IOException)
        {
            // full, as intended
        }
    }

    public void Dispose()
    {
        Run("umount", Path);
        mountPoint.Dispose();
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // no such program
        }
    }
}
