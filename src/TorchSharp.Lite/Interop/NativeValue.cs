using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>What a <see cref="Value"/> or <see cref="NativeValue"/> holds; the numbers are those of torchsharp_lite.cpp.</summary>
internal enum ValueTag
{
    None = 0,
    Missing = 1,
    Tensor = 2,
    Integer = 3,
    Real = 4,
    Boolean = 5,
    Complex = 6,
    Integers = 7,
    Reals = 8,
    Booleans = 9,
    Tensors = 10,
    Text = 11,
    Device = 12,
    Generator = 13,
}

/// <summary>An argument or result as the native library sees it: 24 bytes, no references.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeValue
{
    /// <summary>The number, the bits of the double, the handle, or the address of the list.</summary>
    public long Bits;

    /// <summary>Imaginary part or device index.</summary>
    public long Extra;

    public ValueTag Tag;

    /// <summary>Elements of a list, bytes of a text.</summary>
    public int Length;
}
