using RnnTrain.Configuration;
using static TorchSharp.torch;

namespace RnnTrain.Tensors;

/// <summary>
/// How many threads the CPU kernels use. libtorch has a pool of its own and OpenBLAS another; both wait by spinning, so that two full
/// pools on the same cores slow a recurrent network down several times (docs/RESULTS.md, "Threads").
/// </summary>
public static class CpuThreads
{
    /// <summary>
    /// So many threads in all; automatic is one a core. Where OpenBLAS has a pool of its own it gets them all and libtorch's pool is one
    /// thread; other libraries share one pool.
    /// </summary>
    public static void Use(ThreadChoice choice)
    {
        using (var square = zeros(2, 2)) square.matmul(square).Dispose(); // loads the BLAS
        var blas = OpenBlas.Find();
        var count = choice.Count ?? Environment.ProcessorCount;
        set_num_threads(blas is null ? count : 1);
        if (choice.Count is not null && blas is not null) blas.Threads = count;
    }

    /// <summary>The threads of OpenBLAS's own pool; null where libtorch's matrix products do not come from it.</summary>
    public static int? OfOpenBlas() => OpenBlas.Find()?.Threads;
}
