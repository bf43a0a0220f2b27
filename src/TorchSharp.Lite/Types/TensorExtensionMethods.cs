using System.Globalization;
using System.Numerics;
using System.Text;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Conversions from tensors of one element to numbers, and from arrays to tensors.</summary>
public static class TensorExtensionMethods
{
    public static bool ToBoolean(this Tensor value) => value.ToScalar().ToBoolean();

    public static byte ToByte(this Tensor value) => value.ToScalar().ToByte();

    public static sbyte ToSByte(this Tensor value) => value.ToScalar().ToSByte();

    public static short ToInt16(this Tensor value) => value.ToScalar().ToInt16();

    public static int ToInt32(this Tensor value) => value.ToScalar().ToInt32();

    public static long ToInt64(this Tensor value) => value.ToScalar().ToInt64();

    public static float ToSingle(this Tensor value) => value.ToScalar().ToSingle();

    public static double ToDouble(this Tensor value) => value.ToScalar().ToDouble();

    public static Half ToHalf(this Tensor value) => value.ToScalar().ToHalf();

    public static BFloat16 ToBFloat16(this Tensor value) => value.ToScalar().ToBFloat16();

    public static (float, float) ToComplexFloat32(this Tensor value) => value.ToScalar().ToComplexFloat32();

    public static Complex ToComplexFloat64(this Tensor value) => value.ToScalar().ToComplexFloat64();

    /// <summary>Bytes of an element.</summary>
    public static int ElementSize(this ScalarType type) => type switch
    {
        ScalarType.Byte or ScalarType.Int8 or ScalarType.Bool or ScalarType.QInt8 or ScalarType.QUInt8 => 1,
        ScalarType.Int16 or ScalarType.Float16 or ScalarType.BFloat16 => 2,
        ScalarType.Int32 or ScalarType.Float32 or ScalarType.QInt32 => 4,
        ScalarType.Int64 or ScalarType.Float64 or ScalarType.ComplexFloat32 => 8,
        ScalarType.ComplexFloat64 => 16,
        _ => throw new NotSupportedException($"{type} has no size"),
    };

    public static long TotalSize(this IEnumerable<long> shape) => shape.Aggregate(1L, static (product, extent) => product * extent);

    /// <summary>A tensor of the given shape from the elements in order.</summary>
    public static Tensor ToTensor<T>(this T[] rawArray, long[] dimensions, bool doCopy = false, bool requires_grad = false)
    {
        using var flat = from_array(rawArray, null);
        return (doCopy ? flat.reshape(dimensions).clone() : flat.reshape(dimensions)).requires_grad_(requires_grad);
    }

    public static Tensor ToTensor<T>(this T scalar, Device? device = null, bool requires_grad = false) where T : struct =>
        from_array(new[] { scalar }, null, device).reshape([]).requires_grad_(requires_grad);

    /// <summary>Shape, type and device.</summary>
    public static string metastr(this Tensor tensor) =>
        $"[{string.Join("x", tensor.shape)}], type = {tensor.dtype}, device = {tensor.device}";

    /// <summary>The elements in nested brackets, long dimensions shortened, unless the style asks for metadata only.</summary>
    public static string str(
        this Tensor tensor, string? fltFormat = null, int? width = null, string? newLine = null, CultureInfo? cultureInfo = null,
        TensorStringStyle style = TensorStringStyle.Default)
    {
        if (style == TensorStringStyle.Metadata || tensor.device_type == DeviceType.META) return tensor.metastr();
        var text = new StringBuilder(tensor.metastr()).Append(newLine ?? Environment.NewLine);
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var real = tensor.is_complex() ? view_as_real(tensor.resolve_conj()) : tensor;
        using var values = real.detach().cpu().to(ScalarType.Float64).contiguous();
        var format = fltFormat ?? "g5";
        Write(text, values.data<double>().ToArray(), real.shape, 0, 0, value => value.ToString(format, cultureInfo ?? CultureInfo.InvariantCulture));
        return text.ToString();
    }

    public static Tensor print(
        this Tensor t, string? fltFormat = "g5", int? width = 100, string? newLine = null, CultureInfo? cultureInfo = null,
        TensorStringStyle style = TensorStringStyle.Default)
    {
        Console.WriteLine(t.str(fltFormat, width, newLine, cultureInfo, style));
        return t;
    }

    // Writes one dimension from the given element on; returns the element after it.
    private static int Write(StringBuilder text, double[] values, long[] shape, int dimension, int element, Func<double, string> format)
    {
        const int shown = 6;
        if (dimension == shape.Length)
        {
            text.Append(format(values[element]));
            return element + 1;
        }
        var each = (int)shape.AsSpan()[(dimension + 1)..].ToArray().TotalSize();
        text.Append('[');
        for (var i = 0; i < shape[dimension]; i++)
        {
            if (i > 0) text.Append(' ');
            if (shape[dimension] > shown && i == shown / 2)
            {
                text.Append("... ");
                i = (int)shape[dimension] - shown / 2;
            }
            Write(text, values, shape, dimension + 1, element + i * each, format);
        }
        text.Append(']');
        return element;
    }
}
