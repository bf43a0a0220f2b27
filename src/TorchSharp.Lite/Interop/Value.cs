using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>
/// One argument of an <see cref="Operator"/> call. Everything an operator takes converts to it implicitly; the schema of the operator
/// decides what it becomes (an int may be given for a Scalar, a double or an int[1]).
/// </summary>
internal readonly struct Value
{
    private Value(ValueTag tag, long bits = 0, long extra = 0, object? reference = null)
    {
        Tag = tag;
        Bits = bits;
        Extra = extra;
        Reference = reference;
    }

    /// <summary>The argument's None.</summary>
    public static Value None => default;

    /// <summary>The default that the schema gives the argument.</summary>
    public static Value Missing => new(ValueTag.Missing);

    internal ValueTag Tag { get; }

    internal long Bits { get; }

    internal long Extra { get; }

    /// <summary>The tensor, list, text or generator.</summary>
    internal object? Reference { get; }

    public static implicit operator Value(Tensor? value) => value is null ? None : new(ValueTag.Tensor, reference: value);

    public static implicit operator Value(int value) => new(ValueTag.Integer, value);

    public static implicit operator Value(long value) => new(ValueTag.Integer, value);

    public static implicit operator Value(double value) => new(ValueTag.Real, BitConverter.DoubleToInt64Bits(value));

    public static implicit operator Value(bool value) => new(ValueTag.Boolean, value ? 1 : 0);

    public static implicit operator Value(int? value) => value is { } given ? given : None;

    public static implicit operator Value(long? value) => value is { } given ? given : None;

    public static implicit operator Value(double? value) => value is { } given ? given : None;

    public static implicit operator Value(bool? value) => value is { } given ? given : None;

    public static implicit operator Value(ScalarType value) => new(ValueTag.Integer, (long)value);

    public static implicit operator Value(ScalarType? value) => value is { } given ? given : None;

    public static implicit operator Value(Scalar? value) => value is null ? None : new(value.Tag, value.Bits, value.Extra);

    public static implicit operator Value(long[]? value) => value is null ? None : new(ValueTag.Integers, reference: value);

    public static implicit operator Value(ReadOnlySpan<long> value) => value.ToArray();

    public static implicit operator Value(double[]? value) => value is null ? None : new(ValueTag.Reals, reference: value);

    public static implicit operator Value(bool[]? value) => value is null ? None : new(ValueTag.Booleans, reference: value);

    public static implicit operator Value(Tensor?[]? value) => value is null ? None : new(ValueTag.Tensors, reference: value);

    public static implicit operator Value(string? value) => value is null ? None : new(ValueTag.Text, reference: value);

    public static implicit operator Value(Device? value) => value is null ? None : new(ValueTag.Device, (long)value.type, value.index);

    public static implicit operator Value(Generator? value) => value is null ? None : new(ValueTag.Generator, reference: value);
}
