using RnnTrain.Configuration;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Tensors;

/// <summary>
/// What a configuration's `precision` means on a device: the type of the arithmetic, the switches of the libraries, and what is refused.
/// </summary>
public static class DevicePrecision
{
    private static readonly Version Ampere = new(8, 0);

    /// <summary>The element type of recurrent and output layers.</summary>
    public static ScalarType ComputeType(this Precision precision) => precision switch
    {
        Precision.Fp32 or Precision.Tf32 => ScalarType.Float32,
        Precision.Bf16 => ScalarType.BFloat16,
        Precision.Fp16 => ScalarType.Float16,
        _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, "no such precision"),
    };

    /// <summary>`bf16`.</summary>
    public static string Name(this Precision precision) => precision.ToString().ToLowerInvariant();

    /// <summary>
    /// Makes the process ready to compute so on this device. PyTorch lets cuDNN use TF32 unless told otherwise; here fp32 is fp32.
    /// </summary>
    /// <exception cref="MissingCapabilityException">The device cannot; says why and what it can.</exception>
    public static void Use(Precision precision, Device device)
    {
        if (WhyNot(precision, device) is { } reason)
        {
            var instead = device.type == DeviceType.CUDA ? "fp32 or fp16" : "fp32 or bf16";
            throw new MissingCapabilityException($"precision: {precision.Name()} was asked for, but {reason}; use {instead}");
        }

        backends.cuda.matmul.allow_tf32 = precision == Precision.Tf32;
        backends.cudnn.allow_tf32 = precision == Precision.Tf32;
    }

    /// <summary>Why this device cannot compute so; null where it can, or where nobody knows.</summary>
    public static string? WhyNot(Precision precision, Device device) => device.type == DeviceType.CUDA
        ? WhyNotOnGpu(precision, ComputeCapability.Of(device.index), device.index)
        : WhyNotOnCpu(precision);

    /// <summary>The same for the CPU.</summary>
    public static string? WhyNotOnCpu(Precision precision) => precision switch
    {
        Precision.Tf32 => "TF32 is a mode of the tensor cores of NVIDIA GPUs, and this is the CPU",
        Precision.Fp16 => "on the CPU libtorch 1.13 has no matrix product, sigmoid, tanh, relu, dropout or softmax in fp16, "
            + "and no later version was tried",
        _ => null,
    };

    /// <summary>The same for a GPU of this compute capability, null where it is unknown: then libtorch has the last word.</summary>
    public static string? WhyNotOnGpu(Precision precision, Version? capability, int gpu) =>
        precision is Precision.Tf32 or Precision.Bf16 && capability is not null && capability < Ampere
            ? $"it needs a GPU of compute capability {Ampere} (Ampere) or later, and cuda:{gpu} has {capability}"
            : null;

    /// <summary>What is worth knowing before a long run, one line; null where nothing is.</summary>
    public static string? Hint(Precision precision, Device device) => device.type == DeviceType.CUDA
        ? HintOnGpu(precision, ComputeCapability.Of(device.index))
        : HintOnCpu(precision, Processor.InstructionSets());

    /// <summary>The same for a processor of these instruction sets.</summary>
    public static string? HintOnCpu(Precision precision, IReadOnlyList<string> instructionSets)
    {
        if (precision != Precision.Bf16) return null;
        return instructionSets.Any(set => set.EndsWith("BF16", StringComparison.Ordinal))
            ? "bf16 works on this processor, but libtorch computes it, and fp32 by oneDNN is faster"
            : "bf16 works on this processor, but it has no instructions for it (AVX-512 BF16 or AMX): expect it to be slow, and use fp32";
    }

    /// <summary>The same for a GPU of this compute capability, null where it is unknown.</summary>
    public static string? HintOnGpu(Precision precision, Version? capability) =>
        precision is Precision.Tf32 or Precision.Bf16 && capability is null
            ? $"the driver does not tell the GPU's compute capability: {precision.Name()} needs {Ampere} (Ampere) or later"
            : null;
}
