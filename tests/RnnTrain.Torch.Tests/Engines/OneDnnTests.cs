using RnnTrain.Configuration;
using RnnTrain.Engines;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Engines;

public sealed class OneDnnTests
{
    [Fact]
    public void The_engine_is_there_wherever_its_headers_are()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("ONEDNN") is { Length: > 0 }, "ONEDNN says which oneDNN, or none");
        Assert.SkipUnless(File.Exists("/usr/include/oneapi/dnnl/dnnl.h"), "oneDNN is not installed here");
        Assert.Null(OneDnn.WhyNot);
        Assert.Matches(@"^[23]\.\d+\.\d+$", OneDnn.Version);
    }

    [Fact]
    public void Auto_takes_it_where_it_is_and_says_why_where_not()
    {
        var choice = EngineChoice.Of(ComputeEngine.Auto, CPU);
        Assert.Equal(OneDnn.IsAvailable, choice.UsesOneDnn);
        Assert.Equal(OneDnn.WhyNot ?? $"oneDNN {OneDnn.Version}", choice.Reason);
        Assert.False(EngineChoice.Of(ComputeEngine.Libtorch, CPU).UsesOneDnn);
        Assert.Equal(new EngineChoice(false, "precision is bf16"), EngineChoice.Of(ComputeEngine.Auto, CPU, Precision.Bf16));
        Assert.False(EngineChoice.Of(ComputeEngine.Auto, new Device(DeviceType.CUDA, 0)).UsesOneDnn);
    }

    [Fact]
    public void Asked_for_on_a_gpu_it_is_refused() =>
        Assert.Throws<UserMistakeException>(() => EngineChoice.Of(ComputeEngine.Onednn, new Device(DeviceType.CUDA, 0)));

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 5, 7)]
    [InlineData(64, 33, 130)]
    public void Its_matrix_product_is_that_of_libtorch(int rows, int inner, int columns)
    {
        Assert.SkipUnless(OneDnn.IsAvailable, OneDnn.WhyNot ?? "");
        using var scope = NewDisposeScope();
        var a = linspace(-1, 1, rows * inner).view(rows, inner); // [rows, inner]
        var b = linspace(1, -2, inner * columns).view(inner, columns); // [inner, columns]
        var result = empty(rows, columns); // [rows, columns]
        OneDnn.MatrixProduct(a, b, result);
        Assert.True(result.allclose(a.matmul(b), 1e-5, 1e-5));
    }
}
