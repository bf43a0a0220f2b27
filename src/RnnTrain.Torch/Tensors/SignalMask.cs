using System.Runtime.InteropServices;

namespace RnnTrain.Tensors;

/// <summary>
/// Keeps signals off the thread that computes, and off those that it starts while this lives, so that they go to .NET's own threads. A
/// handler runs on the stack of the thread it interrupts, and oneDNN keeps data below its stack pointer: see native/signals.h, which
/// guards our own calls, where libtorch calls oneDNN without a guard. Linux only; nothing elsewhere.
/// </summary>
public sealed partial class SignalMask : IDisposable
{
    private const int Block = 0; // SIG_BLOCK
    private const int Set = 2; // SIG_SETMASK
    private const int Words = 16; // of a sigset_t

    /// <summary>The 31 signals that are not of real time, without those of faults: SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGSYS.</summary>
    private const ulong Asynchronous = 0x7FFF_FFFF & ~(1UL << 3 | 1UL << 4 | 1UL << 5 | 1UL << 6 | 1UL << 7 | 1UL << 10 | 1UL << 30);

    private readonly ulong[]? before;

    public SignalMask()
    {
        if (!OperatingSystem.IsLinux()) return;
        before = new ulong[Words];
        var blocked = new ulong[Words];
        blocked[0] = Asynchronous;
        if (ChangeMask(Block, blocked, before) != 0) before = null;
    }

    public void Dispose()
    {
        if (before is not null) _ = ChangeMask(Set, before, new ulong[Words]);
    }

    [LibraryImport("libc", EntryPoint = "pthread_sigmask")]
    private static partial int ChangeMask(int how, ulong[] mask, [Out] ulong[] before);
}
