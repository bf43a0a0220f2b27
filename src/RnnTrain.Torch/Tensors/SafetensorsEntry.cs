using static TorchSharp.torch;

namespace RnnTrain.Tensors;

/// <summary>Where one tensor lies in a safetensors file.</summary>
/// <param name="Begin">Its first byte, counted from the end of the header.</param>
/// <param name="End">The byte after its last.</param>
public sealed record SafetensorsEntry(string Name, ScalarType Type, IReadOnlyList<long> Shape, long Begin, long End)
{
    public long Bytes => End - Begin;
}
