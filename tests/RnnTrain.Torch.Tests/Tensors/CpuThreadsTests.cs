using RnnTrain.Configuration;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Tensors;

public sealed class CpuThreadsTests : IDisposable
{
    private readonly int before = get_num_threads();

    public void Dispose() => set_num_threads(before);

    [Fact]
    public void A_number_of_threads_is_never_given_to_two_pools_at_once()
    {
        foreach (var count in new[] { 2, 1 })
        {
            CpuThreads.Use(new ThreadChoice(count));
            var blas = CpuThreads.OfOpenBlas();
            Assert.Equal(blas is null ? count : 1, get_num_threads());
            if (blas is not null) Assert.Equal(Math.Min(count, Environment.ProcessorCount), blas);
        }
    }
}
