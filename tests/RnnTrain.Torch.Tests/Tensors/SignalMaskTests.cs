using System.Globalization;
using RnnTrain.Tensors;

namespace RnnTrain.Tests.Tensors;

public sealed class SignalMaskTests
{
    [Theory]
    [InlineData(2, true)] // SIGINT
    [InlineData(15, true)] // SIGTERM
    [InlineData(18, true)] // SIGCONT
    [InlineData(11, false)] // SIGSEGV, which .NET makes exceptions of
    [InlineData(34, false)] // SIGRTMIN, by which .NET stops managed code
    public void While_it_lives_this_thread_gets_no_signal_but_those_of_faults_and_of_the_runtime(int signal, bool blocked)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "signals are those of Linux");
        var before = Blocked();
        using (new SignalMask()) Assert.Equal(blocked, (Blocked() >> (signal - 1) & 1) == 1);
        Assert.Equal(before, Blocked());
    }

    private static ulong Blocked()
    {
        var line = File.ReadLines("/proc/thread-self/status").Single(line => line.StartsWith("SigBlk:", StringComparison.Ordinal));
        return ulong.Parse(line["SigBlk:".Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}
