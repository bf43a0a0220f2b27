using RnnTrain.Configuration;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Tensors;

/// <summary>What a configuration's `precision` means on a device: the type of the arithmetic, the switches of the libraries, and what is refused.</summary>
public static class Precisions
{
    private static readonly Version Ampere = new(8, 0);

    /// <summary>The element type of recurrent and output layers.</summary>
    public static ScalarType ComputeType(this Precision precision) => precision switch
    {
        Precision.Fp32 or Precision.Tf32 => ScalarType.Float32,
        Precision.Bf16 => ScalarType.BFloat16,
        _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, "no such precision"),
    };

    /// <summary>Makes the process ready to compute so on this device. PyTorch lets cuDNN use TF32 unless told otherwise; here fp32 is fp32.</summary>
    /// <exception cref="MissingCapabilityException">The device cannot; says why and what it can.</exception>
    public static void Use(Precision precision, Device device)
    {
        if (WhyNot(precision, device) is { } reason) throw new MissingCapabilityException(reason);
        backends.cuda.matmul.allow_tf32 = precision == Precision.Tf32;
        backends.cudnn.allow_tf32 = precision == Precision.Tf32;
    }

    /// <summary>Why this device cannot compute so, and what to do; null where it can, or where nobody knows.</summary>
    public static string? WhyNot(Precision precision, Device device) => device.type == DeviceType.CUDA
        ? WhyNotOnGpu(precision, ComputeCapability.Of(device.index), device.index)
        : WhyNotOnCpu(precision);

    /// <summary>The same for the CPU.</summary>
    public static string? WhyNotOnCpu(Precision precision) => precision switch
    {
        Precision.Tf32 => "precision: tf32 is a mode of the tensor cores of NVIDIA GPUs, and this run is on the CPU: use fp32, or bf16.",
        _ => null,
    };

    /// <summary>The same for a GPU of this compute capability, null where it is unknown: then libtorch has the last word.</summary>
    public static string? WhyNotOnGpu(Precision precision, Version? capability, int gpu)
    {
        if (precision is not (Precision.Tf32 or Precision.Bf16) || capability is null || capability >= Ampere) return null;
        var name = precision == Precision.Tf32 ? "tf32" : "bf16";
        return $"precision: {name} needs a GPU of compute capability {Ampere} (Ampere) or later, and cuda:{gpu} has {capability}: use fp32.";
    }
}
