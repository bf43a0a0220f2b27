using RnnTrain.Configuration;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Tensors;

public sealed class DevicePrecisionTests
{
    [Theory]
    [InlineData(Precision.Fp32, ScalarType.Float32)]
    [InlineData(Precision.Tf32, ScalarType.Float32)]
    [InlineData(Precision.Bf16, ScalarType.BFloat16)]
    [InlineData(Precision.Fp16, ScalarType.Float16)]
    public void A_precision_is_a_type(Precision precision, ScalarType type) => Assert.Equal(type, precision.ComputeType());

    [Theory]
    [InlineData(Precision.Fp32, null)]
    [InlineData(Precision.Bf16, null)]
    [InlineData(Precision.Tf32, "tensor cores")]
    [InlineData(Precision.Fp16, "no matrix product")]
    public void What_a_CPU_cannot_is_refused_with_the_reason(Precision precision, string? reason)
    {
        if (reason is null)
        {
            DevicePrecision.Use(precision, CPU);
            return;
        }
        var lacking = Assert.Throws<MissingCapabilityException>(() => DevicePrecision.Use(precision, CPU));
        Assert.StartsWith($"precision: {precision.ToString().ToLowerInvariant()}", lacking.Message, StringComparison.Ordinal);
        Assert.Contains(reason, lacking.Message, StringComparison.Ordinal);
        Assert.Contains("; use fp32", lacking.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Precision.Tf32, "7.5", false)]
    [InlineData(Precision.Bf16, "7.0", false)]
    [InlineData(Precision.Tf32, "8.0", true)]
    [InlineData(Precision.Bf16, "9.0", true)]
    [InlineData(Precision.Bf16, "12.0", true)]
    [InlineData(Precision.Fp16, "7.0", true)]
    [InlineData(Precision.Fp32, "6.1", true)]
    [InlineData(Precision.Tf32, null, true)] // nobody knows: libtorch has the last word
    public void A_GPU_before_Ampere_has_neither_tf32_nor_bf16(Precision precision, string? capability, bool works)
    {
        var reason = DevicePrecision.WhyNotOnGpu(precision, capability is null ? null : Version.Parse(capability), 1);
        Assert.Equal(works, reason is null);
        if (reason is not null) Assert.Contains($"cuda:1 has {capability}", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_CPU_gets_a_hint_that_says_how_slow_bf16_is()
    {
        Assert.Contains("faster", DevicePrecision.HintOnCpu(Precision.Bf16, ["AVX2", "AVX-512 BF16"]), StringComparison.Ordinal);
        Assert.Contains("faster", DevicePrecision.HintOnCpu(Precision.Bf16, ["AMX BF16"]), StringComparison.Ordinal);
        Assert.Null(DevicePrecision.HintOnCpu(Precision.Fp32, []));
        Assert.Contains("no instructions", DevicePrecision.HintOnCpu(Precision.Bf16, ["AVX2"]), StringComparison.Ordinal);
        Assert.Null(DevicePrecision.HintOnGpu(Precision.Bf16, new Version(9, 0)));
        Assert.Contains("8.0", DevicePrecision.HintOnGpu(Precision.Tf32, null), StringComparison.Ordinal);
    }

    /// <summary>PyTorch's own default lets cuDNN use TF32 where fp32 was asked for.</summary>
    [Fact]
    public void Fp32_switches_TF32_off()
    {
        backends.cuda.matmul.allow_tf32 = true;
        backends.cudnn.allow_tf32 = true;
        DevicePrecision.Use(Precision.Fp32, CPU);
        Assert.False(backends.cuda.matmul.allow_tf32);
        Assert.False(backends.cudnn.allow_tf32);
    }

    [Fact]
    [Trait("Category", "Cuda")]
    public void Tf32_switches_TF32_on()
    {
        Assert.SkipUnless(cuda.is_available(), "this machine has no CUDA device");
        DevicePrecision.Use(Precision.Tf32, CUDA);
        Assert.True(backends.cuda.matmul.allow_tf32);
        Assert.True(backends.cudnn.allow_tf32);
        DevicePrecision.Use(Precision.Fp32, CUDA);
        Assert.False(backends.cudnn.allow_tf32);
    }

    [Fact]
    [Trait("Category", "Cuda")]
    public void The_driver_tells_the_compute_capability()
    {
        Assert.SkipUnless(cuda.is_available(), "this machine has no CUDA device");
        Assert.InRange(ComputeCapability.Of(0)!.Major, 5, 20);
        Assert.Null(ComputeCapability.Of(cuda.device_count()));
    }

    [Fact]
    public void Without_a_GPU_there_is_no_compute_capability()
    {
        Assert.SkipWhen(cuda.is_available(), "this machine has a GPU");
        Assert.Null(ComputeCapability.Of(0));
    }
}
