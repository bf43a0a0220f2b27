using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace RnnTrain.Tensors;

/// <summary>
/// The cores at work on a job of ours. Where libtorch and oneDNN share OpenMP's threads, so does it: these wait for the next work by
/// spinning, and threads of our own would have to compete with them for the cores. Otherwise it is .NET's pool.
/// </summary>
public static unsafe class CpuTeam
{
    private static readonly Lock Gate = new();
    private static readonly delegate* unmanaged<delegate* unmanaged<void*, void>, void*, uint, uint, void> OpenMp = FindOpenMp();
    private static readonly int BlasThreads = OpenBlas.Find()?.Threads ?? 1;
    private static ICpuJob? current;
    private static int unclaimed;

    /// <summary>Does all units of a job, on as many threads as libtorch or the BLAS may use, the calling one among them.</summary>
    public static void Run(ICpuJob job, int units)
    {
        var openMpThreads = get_num_threads();
        var threads = Math.Min(units, openMpThreads > 1 ? openMpThreads : BlasThreads);
        if (threads <= 1)
        {
            for (var unit = 0; unit < units; unit++) job.Do(unit);
            return;
        }

        lock (Gate)
        {
            current = job;
            Volatile.Write(ref unclaimed, units);
            // as many as libtorch has, or OpenMP would end threads now and make them anew for libtorch's next call
            if (OpenMp != null && openMpThreads > 1) OpenMp(&Enter, null, (uint)openMpThreads, 0);
            else Parallel.For(0, threads, _ => Claim());
            current = null;
        }
    }

    private static void Claim()
    {
        // claimed before the job is read: an open claim keeps its job from ending
        for (int unit; (unit = Interlocked.Decrement(ref unclaimed)) >= 0;) current!.Do(unit);
    }

    [UnmanagedCallersOnly]
    private static void Enter(void* nothing) => Claim();

    /// <summary>What GCC makes of `#pragma omp parallel`; its other runtimes have it too. Null where OpenMP is not loaded.</summary>
    private static delegate* unmanaged<delegate* unmanaged<void*, void>, void*, uint, uint, void> FindOpenMp() =>
        LoadedLibraries.Find("libgomp") is { } path
            && NativeLibrary.TryLoad(path, out var library) && NativeLibrary.TryGetExport(library, "GOMP_parallel", out var parallel)
            ? (delegate* unmanaged<delegate* unmanaged<void*, void>, void*, uint, uint, void>)parallel
            : null;
}
