using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Tensors;

/// <summary>
/// The gradient of a matrix of which a step reads few rows, such as an embedding: one dense tensor of zeros that lives as long as this
/// object, in which only known rows are written. Whoever reads `parameter.grad` sees the true dense gradient, but clearing it, its norm
/// and plain gradient descent need to visit only <see cref="Rows"/>.
/// <para>
/// For a parameter that is used in no other way: libtorch adds another use's gradient in place, into all rows, and nothing tells.
/// Since the memory is used again, a gradient that was read once holds the next step's values after the next backward pass.
/// CPU and Float32 only. One thread at a time.
/// </para>
/// </summary>
public sealed class RowGradient : IDisposable
{
    private Tensor? dense; // [vocabulary, features]
    private bool[] isWritten = []; // a row
    private int[] written = []; // rows in the order of their first use
    private int count;
    private bool isWhole;

    /// <summary>The rows that may hold anything but zeros, each once, in the order of their first use; always the same for the same tokens.</summary>
    public ReadOnlySpan<int> Rows => written.AsSpan(0, count);

    /// <summary>True where a tensor can have its gradient by rows.</summary>
    public static bool Serves(Tensor matrix) =>
        matrix.device_type == DeviceType.CPU && matrix.dtype == ScalarType.Float32 && matrix.is_contiguous()
        && matrix.numel() <= int.MaxValue / sizeof(float); // the most that a span of bytes reaches

    /// <summary>True where this gradient, read from the parameter, is zero outside <see cref="Rows"/>.</summary>
    public bool Describes(Tensor? gradient) => !isWhole && IsOwn(gradient);

    /// <summary>Says that other rows of the gradient were written too, for instance by a penalty on the weights; holds until it is cleared.</summary>
    public void MarkWhole() => isWhole = true;

    /// <summary>
    /// Adds rows to the parameter's gradient. Where it has none, it gets this object's, all zeros before; where it has one that is somebody
    /// else's, the rows are added there.
    /// </summary>
    /// <param name="parameter">[vocabulary, features], of which <see cref="Serves"/> is true.</param>
    /// <param name="rows">Rows to add to, from 0 to vocabulary − 1; a row that occurs twice is added to twice, in the order given.</param>
    /// <param name="values">What to add, [rows, features].</param>
    public void Add(Tensor parameter, ReadOnlySpan<long> rows, ReadOnlySpan<float> values)
    {
        using var held = parameter.grad; // [vocabulary, features]
        if (held is not null && !IsOwn(held))
        {
            AddRows(parameter, rows, values);
            return;
        }

        if (held is null) parameter.grad = Clear(parameter);
        foreach (var row in rows)
        {
            if (isWritten[row]) continue;
            isWritten[row] = true;
            written[count++] = (int)row;
        }

        AddRows(dense!, parameter.size(1), rows, values);
    }

    /// <summary>The same where no rows are remembered: the parameter has other uses too, whose gradient touches every row.</summary>
    public static void AddRows(Tensor parameter, ReadOnlySpan<long> rows, ReadOnlySpan<float> values)
    {
        using var gradient = ParameterGradient.Of(parameter);
        if (!gradient.Accumulates) gradient.Values.zero_();
        AddRows(gradient.Values, parameter.size(1), rows, values);
    }

    public void Dispose()
    {
        dense?.Dispose();
        dense = null;
    }

    /// <summary>The gradient with zeros everywhere, made anew where the parameter has become another.</summary>
    private Tensor Clear(Tensor parameter)
    {
        if (dense is null || !dense.shape.AsSpan().SequenceEqual(parameter.shape))
        {
            dense?.Dispose();
            dense = zeros(parameter.shape).DetachFromDisposeScope(); // [vocabulary, features]
            isWritten = new bool[parameter.size(0)];
            written = new int[parameter.size(0)];
        }
        else
        {
            if (isWhole) dense.zero_();
            var features = (int)parameter.size(1);
            var numbers = Numbers(dense);
            foreach (var row in Rows)
            {
                numbers.Slice(row * features, features).Clear();
                isWritten[row] = false;
            }
        }

        count = 0;
        isWhole = false;
        return dense;
    }

    private bool IsOwn(Tensor? gradient) =>
        gradient is not null && dense is not null && Serves(gradient) && gradient.numel() == dense.numel()
        && Unsafe.AreSame(ref MemoryMarshal.GetReference(gradient.bytes), ref MemoryMarshal.GetReference(dense.bytes));

    private static void AddRows(Tensor gradient, long features, ReadOnlySpan<long> rows, ReadOnlySpan<float> values)
    {
        var numbers = Numbers(gradient);
        var width = (int)features;
        for (var i = 0; i < rows.Length; i++) Add(values.Slice(i * width, width), numbers.Slice((int)rows[i] * width, width));
    }

    private static void Add(ReadOnlySpan<float> values, Span<float> sums)
    {
        var i = 0;
        for (; i <= sums.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            (new Vector<float>(sums[i..]) + new Vector<float>(values[i..])).CopyTo(sums[i..]);
        }

        for (; i < sums.Length; i++) sums[i] += values[i];
    }

    private static Span<float> Numbers(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
