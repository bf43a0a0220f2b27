using static TorchSharp.torch;

namespace RnnTrain.Tensors;

/// <summary>The element types that safetensors and libtorch share, with the names that the format gives them.</summary>
public static class SafetensorsTypes
{
    /// <summary>Name, type, and bytes an element.</summary>
    public static IReadOnlyList<(string Name, ScalarType Type, int Bytes)> All { get; } =
    [
        ("F64", ScalarType.Float64, 8),
        ("F32", ScalarType.Float32, 4),
        ("F16", ScalarType.Float16, 2),
        ("BF16", ScalarType.BFloat16, 2),
        ("I64", ScalarType.Int64, 8),
        ("I32", ScalarType.Int32, 4),
        ("I16", ScalarType.Int16, 2),
        ("I8", ScalarType.Int8, 1),
        ("U8", ScalarType.Byte, 1),
        ("BOOL", ScalarType.Bool, 1),
    ];

    internal static (string Name, ScalarType Type, int Bytes) Of(ScalarType type) =>
        All.FirstOrDefault(known => known.Type == type) is { Name: not null } found
            ? found
            : throw new ArgumentException($"safetensors has no element type for {type}");

    internal static (string Name, ScalarType Type, int Bytes) Of(string name) =>
        All.FirstOrDefault(known => known.Name == name) is { Name: not null } found
            ? found
            : throw new InvalidDataException($"the element type '{name}' is none of {string.Join(", ", All.Select(known => known.Name))}");
}
