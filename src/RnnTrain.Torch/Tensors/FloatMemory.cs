using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Tensors;

/// <summary>The memory of tensors that is plain numbers: Float32 on the CPU without gaps.</summary>
public static unsafe class FloatMemory
{
    private const long MostOfSpan = int.MaxValue / sizeof(float);

    /// <summary>True where a tensor is such memory.</summary>
    public static bool Holds(Tensor tensor) =>
        tensor.device_type == DeviceType.CPU && tensor.dtype == ScalarType.Float32 && tensor.is_contiguous();

    /// <summary>The first number of a tensor that <see cref="Holds"/> is true of. Good as long as the tensor's memory is, whoever keeps it.</summary>
    public static float* Of(Tensor tensor)
    {
        if (tensor.numel() <= MostOfSpan) return First(tensor);
        using var flat = tensor.view(-1); // [any] → [all]
        using var one = flat.narrow(0, 0, 1); // [all] → [1], whose bytes fit in a span
        return First(one);
    }

    /// <summary>The same; null where there is no tensor.</summary>
    public static float* OrNull(Tensor? tensor) => tensor is null ? null : Of(tensor);

    private static float* First(Tensor tensor) => (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.bytes));
}
