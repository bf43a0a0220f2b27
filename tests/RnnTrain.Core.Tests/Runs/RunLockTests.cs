using System.Diagnostics;
using RnnTrain.Configuration;
using RnnTrain.Runs;

namespace RnnTrain.Tests.Runs;

public sealed class RunLockTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void A_run_folder_is_locked_by_one_at_a_time()
    {
        var folder = RunFolder.Create(temporary.Path, "ptb", SampleManifest.Noon);
        folder.Write(SampleManifest.Create());
        using (folder.Lock())
        {
            var line = Assert.Single(Assert.Throws<UserMistakeException>(() => folder.Lock()).Lines);
            Assert.Contains($"process {Environment.ProcessId} on {Environment.MachineName}", line);
        }

        folder.Lock().Dispose();
    }

    [Fact]
    public void A_killed_process_leaves_no_stale_lock()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/flock"), "needs flock, which takes the same lock");
        var folder = RunFolder.Create(temporary.Path, "ptb", SampleManifest.Noon);
        string[] arguments = ["--close", Path.Combine(folder.Path, ".lock"), "sh", "-c", "echo held; exec sleep 60"];
        using var holder = Process.Start(new ProcessStartInfo("/usr/bin/flock", arguments) { RedirectStandardOutput = true })!;
        Assert.Equal("held", holder.StandardOutput.ReadLine());
        Assert.Throws<UserMistakeException>(() => folder.Lock());

        holder.Kill(entireProcessTree: true);
        holder.WaitForExit();
        folder.Lock().Dispose();
    }
}
