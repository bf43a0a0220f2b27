using RnnTrain.Configuration;
using RnnTrain.Engines;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Engines;

public sealed class CpuThreadsTests : IDisposable
{
    private readonly int before = get_num_threads();

    public void Dispose() => CpuThreads.Use(new ThreadChoice(before), EngineChoice.Of(ComputeEngine.Libtorch, CPU));

    [Fact]
    public void A_number_of_threads_is_never_given_to_two_pools_at_once()
    {
        foreach (var count in new[] { 2, 1 })
        {
            var threads = CpuThreads.Use(new ThreadChoice(count), EngineChoice.Of(ComputeEngine.Libtorch, CPU));
            Assert.Equal(threads.Libtorch, get_num_threads());
            Assert.Equal(threads.OpenBlas is null ? count : 1, threads.Libtorch);
            if (threads.OpenBlas is { } blas) Assert.Equal(Math.Min(count, Environment.ProcessorCount), blas);
            Assert.Null(threads.OneDnn);
        }
    }

    [Fact]
    public void OneDNN_shares_the_pool_of_libtorch_and_leaves_one_thread_to_OpenBLAS()
    {
        Assert.SkipUnless(OneDnn.IsAvailable, OneDnn.WhyNot ?? "");
        foreach (var count in new[] { 2, 1 })
        {
            var threads = CpuThreads.Use(new ThreadChoice(count), EngineChoice.Of(ComputeEngine.Onednn, CPU));
            Assert.Equal((count, count), (threads.Libtorch, threads.OneDnn));
            Assert.Equal((count, count), (get_num_threads(), OneDnn.Threads));
            Assert.True(threads.OpenBlas is null or 1);
        }
    }
}
