using RnnTrain.Tensors;
using TorchSharp;

namespace RnnTrain.Tests.Tensors;

public sealed class LibtorchConfigurationTests
{
    [Fact]
    public void Libtorch_says_which_kernels_it_takes()
    {
        torch.zeros(1).Dispose();
        if (LibtorchConfiguration.Read() is not { } text) return; // another platform, or a libtorch of the old C++ ABI
        Assert.StartsWith("PyTorch built with", text, StringComparison.Ordinal);
        Assert.Contains(LibtorchConfiguration.CpuCapability, (string[])["AVX2", "AVX512", "NO AVX", "DEFAULT"]);
    }
}
