using RnnTrain.Configuration;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Tensors;

public sealed class CpuThreadsTests : IDisposable
{
    private readonly int before = get_num_threads();

    public void Dispose() => set_num_threads(before);

    [Fact]
    public void A_number_of_threads_holds_for_libtorch_and_for_its_BLAS()
    {
        CpuThreads.Use(new ThreadChoice(2));
        Assert.Equal(2, get_num_threads());
        if (CpuThreads.OfOpenBlas() is { } blas) Assert.Equal(Math.Min(2, Environment.ProcessorCount), blas);
        CpuThreads.Use(new ThreadChoice(1));
        Assert.Equal(1, get_num_threads());
        if (CpuThreads.OfOpenBlas() is { } one) Assert.Equal(1, one);
    }
}
