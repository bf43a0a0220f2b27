using RnnTrain.Configuration;
using static TorchSharp.torch;

namespace RnnTrain.Engines;

/// <summary>
/// How many threads the CPU kernels use. libtorch and oneDNN share the pool of OpenMP, OpenBLAS has one of its own; both wait by
/// spinning, so that two full pools on the same cores slow a recurrent network down several times (docs/RESULTS.md, "Threads").
/// </summary>
/// <param name="Libtorch">Threads of libtorch's operations.</param>
/// <param name="OneDnn">Threads of oneDNN's, in the same pool; null where it is not used.</param>
/// <param name="OpenBlas">Threads of OpenBLAS's own pool; null where libtorch's matrix products do not come from it.</param>
public sealed record CpuThreads(int Libtorch, int? OneDnn, int? OpenBlas)
{
    /// <summary>
    /// So many threads in all; automatic is one a processor that this process may use (its affinity and its container's limit). They go
    /// to the pool that has the most to do, the other is one thread: OpenMP's with the oneDNN engine, else OpenBLAS's where there is one.
    /// </summary>
    /// <returns>What is in force from now on.</returns>
    public static CpuThreads Use(ThreadChoice choice, EngineChoice engine)
    {
        using (var square = zeros(2, 2)) square.matmul(square).Dispose(); // loads the BLAS
        var count = choice.Count ?? Environment.ProcessorCount;
        var blas = Tensors.OpenBlas.Find();
        if (blas is not null) blas.Threads = engine.UsesOneDnn ? 1 : count;
        set_num_threads(engine.UsesOneDnn || blas is null ? count : 1);
        if (engine.UsesOneDnn) Engines.OneDnn.Threads = count;
        return new CpuThreads(get_num_threads(), engine.UsesOneDnn ? Engines.OneDnn.Threads : null, blas?.Threads);
    }

    /// <summary>`2 of libtorch and oneDNN, 1 of OpenBLAS`.</summary>
    public override string ToString() => (OneDnn, OpenBlas) switch
    {
        (null, null) => $"{Libtorch} of libtorch",
        (null, { } blas) => $"{Libtorch} of libtorch, {blas} of OpenBLAS",
        ({ } shared, null) => $"{shared} of libtorch and oneDNN",
        ({ } shared, { } blas) => $"{shared} of libtorch and oneDNN, {blas} of OpenBLAS",
    };
}
