using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Engines;

/// <summary>The memory of tensors for one native call, which must be of Float32 and on the CPU; one with gaps is copied first.</summary>
internal sealed class PlainTensors : IDisposable
{
    private readonly Tensor?[] held;

    /// <param name="tensors">Those that are there; null, or one that libtorch left undefined, has no memory.</param>
    public PlainTensors(IReadOnlyList<Tensor?> tensors) =>
        held = [.. tensors.Select(tensor => tensor is { IsInvalid: false } ? tensor.contiguous() : null)];

    /// <summary>Where a tensor's numbers begin; null where there is no such tensor. Good as long as this object lives.</summary>
    public unsafe float* this[int index] => index < held.Length ? FloatMemory.OrNull(held[index]) : null;

    public void Dispose()
    {
        foreach (var tensor in held) tensor?.Dispose();
    }
}
