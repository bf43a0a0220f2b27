using System.Numerics;
using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>One number of any kind that an operator takes: an integer, a real, a complex number or a bool.</summary>
public sealed class Scalar : IDisposable
{
    internal Scalar(ValueTag tag, long bits, long extra = 0)
    {
        Tag = tag;
        Bits = bits;
        Extra = extra;
    }

    /// <summary>Integers are Int64, reals Float64, complex numbers ComplexFloat64, as in libtorch.</summary>
    public torch.ScalarType Type => Tag switch
    {
        ValueTag.Integer => torch.ScalarType.Int64,
        ValueTag.Boolean => torch.ScalarType.Bool,
        ValueTag.Complex => torch.ScalarType.ComplexFloat64,
        _ => torch.ScalarType.Float64,
    };

    internal ValueTag Tag { get; }

    internal long Bits { get; }

    internal long Extra { get; }

    internal double Real => Tag is ValueTag.Real or ValueTag.Complex ? BitConverter.Int64BitsToDouble(Bits) : Bits;

    internal double Imaginary => BitConverter.Int64BitsToDouble(Extra);

    internal long Integer => Tag is ValueTag.Real or ValueTag.Complex ? checked((long)Real) : Bits;

    public static implicit operator Scalar(byte value) => value.ToScalar();

    public static implicit operator Scalar(sbyte value) => value.ToScalar();

    public static implicit operator Scalar(short value) => value.ToScalar();

    public static implicit operator Scalar(int value) => value.ToScalar();

    public static implicit operator Scalar(long value) => value.ToScalar();

    public static implicit operator Scalar(Half value) => value.ToScalar();

    public static implicit operator Scalar(BFloat16 value) => value.ToScalar();

    public static implicit operator Scalar(float value) => value.ToScalar();

    public static implicit operator Scalar(double value) => value.ToScalar();

    public static implicit operator Scalar(bool value) => value.ToScalar();

    public static implicit operator Scalar((float, float) value) => value.ToScalar();

    public static implicit operator Scalar(Complex value) => value.ToScalar();

    /// <summary>Does nothing: the number lives in managed memory.</summary>
    public void Dispose()
    {
    }
}

/// <summary>Conversions from numbers to <see cref="Scalar"/> and back.</summary>
public static class ScalarExtensionMethods
{
    public static Scalar ToScalar(this byte value) => new(ValueTag.Integer, value);

    public static Scalar ToScalar(this sbyte value) => new(ValueTag.Integer, value);

    public static Scalar ToScalar(this short value) => new(ValueTag.Integer, value);

    public static Scalar ToScalar(this int value) => new(ValueTag.Integer, value);

    public static Scalar ToScalar(this long value) => new(ValueTag.Integer, value);

    public static Scalar ToScalar(this float value) => ((double)value).ToScalar();

    public static Scalar ToScalar(this double value) => new(ValueTag.Real, BitConverter.DoubleToInt64Bits(value));

    public static Scalar ToScalar(this (float, float) value) => new Complex(value.Item1, value.Item2).ToScalar();

    public static Scalar ToScalar(this Complex value) =>
        new(ValueTag.Complex, BitConverter.DoubleToInt64Bits(value.Real), BitConverter.DoubleToInt64Bits(value.Imaginary));

    public static Scalar ToScalar(this bool value) => new(ValueTag.Boolean, value ? 1 : 0);

    public static Scalar ToScalar(this Half value) => ((double)value).ToScalar();

    public static Scalar ToScalar(this BFloat16 value) => value.ToSingle().ToScalar();

    public static Scalar ToBFloat16Scalar(this float value) => new BFloat16(value).ToScalar();

    public static Half ToHalf(this Scalar value) => (Half)value.Real;

    public static BFloat16 ToBFloat16(this Scalar value) => new((float)value.Real);

    public static float ToSingle(this Scalar value) => (float)value.Real;

    public static double ToDouble(this Scalar value) => value.Real;

    public static sbyte ToSByte(this Scalar value) => (sbyte)value.Integer;

    public static byte ToByte(this Scalar value) => (byte)value.Integer;

    public static short ToInt16(this Scalar value) => (short)value.Integer;

    public static int ToInt32(this Scalar value) => (int)value.Integer;

    public static long ToInt64(this Scalar value) => value.Integer;

    public static bool ToBoolean(this Scalar value) => value.Real != 0;

    public static (float, float) ToComplexFloat32(this Scalar value) => ((float)value.Real, (float)value.Imaginary);

    public static Complex ToComplexFloat64(this Scalar value) => new(value.Real, value.Imaginary);
}
