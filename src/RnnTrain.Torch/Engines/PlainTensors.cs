using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace RnnTrain.Engines;

/// <summary>The memory of tensors for one native call, which must be of Float32 and on the CPU; one with gaps is copied first.</summary>
internal sealed class PlainTensors : IDisposable
{
    private const int SpanFloats = int.MaxValue / sizeof(float);

    private readonly Tensor?[] held;

    /// <param name="tensors">Those that are there; null, or one that libtorch left undefined, has no memory.</param>
    public PlainTensors(IReadOnlyList<Tensor?> tensors) =>
        held = [.. tensors.Select(tensor => tensor is { IsInvalid: false } ? tensor.contiguous() : null)];

    /// <summary>Where a tensor's numbers begin; null where there is no such tensor. Good as long as this object lives.</summary>
    public unsafe float* this[int index] => index < held.Length ? Pointer(held[index]) : null;

    /// <summary>Where the numbers of a contiguous tensor begin; null for null. Good as long as the tensor lives.</summary>
    public static unsafe float* Pointer(Tensor? tensor)
    {
        if (tensor is null) return null;
        if (tensor.numel() <= SpanFloats) return (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.bytes));
        using var flat = tensor.view(-1); // [numbers]
        using var beginning = flat.narrow(0, 0, 1); // [1]; a span reaches no further than 2 GB
        return Pointer(beginning);
    }

    public void Dispose()
    {
        foreach (var tensor in held) tensor?.Dispose();
    }
}
