using System.Numerics;
using static TorchSharp.torch;

namespace RnnTrain.Tensors;

/// <summary>
/// The gradient of a matrix of which a step reads few rows, such as an embedding: one dense tensor of zeros that lives as long as this
/// object, in which only known rows are written. Whoever reads `parameter.grad` sees the true dense gradient, but clearing it, its norm
/// and plain gradient descent need to visit only <see cref="Rows"/>.
/// <para>
/// For a parameter that is used in no other way and a gradient that nobody else writes: libtorch adds another use's gradient in place,
/// into all rows, and nothing tells. Since the memory is used again, a gradient that was read once holds the next step's values after
/// the next backward pass. One thread at a time.
/// </para>
/// </summary>
public sealed unsafe class RowGradient : IDisposable
{
    private Tensor? dense; // [vocabulary, features]
    private bool[] isWritten = []; // a row
    private int[] written = []; // rows in the order of their first use
    private int count;

    /// <summary>The rows that may hold anything but zeros, each once, in the order of their first use; always the same for the same tokens.</summary>
    public ReadOnlySpan<int> Rows => written.AsSpan(0, count);

    /// <summary>True where this gradient, read from the parameter, is zero outside <see cref="Rows"/>.</summary>
    public bool Describes(Tensor? gradient) =>
        gradient is not null && dense is not null && FloatMemory.Holds(gradient) && FloatMemory.Of(gradient) == FloatMemory.Of(dense);

    /// <summary>
    /// Adds rows to the parameter's gradient. Where it has none, it gets this object's, all zeros before; where it has one that is somebody
    /// else's, the rows are added there.
    /// </summary>
    /// <param name="parameter">[vocabulary, features], of which <see cref="FloatMemory.Holds"/> is true.</param>
    /// <param name="rows">Rows to add to, from 0 to vocabulary − 1; a row that occurs twice is added to twice, in the order given.</param>
    /// <param name="values">What to add, [rows, features].</param>
    public void Add(Tensor parameter, ReadOnlySpan<long> rows, float* values)
    {
        using var held = parameter.grad; // [vocabulary, features]
        if (held is not null && !Describes(held))
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
    public static void AddRows(Tensor parameter, ReadOnlySpan<long> rows, float* values)
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
            var features = (int)parameter.size(1);
            var numbers = FloatMemory.Of(dense);
            foreach (var row in Rows)
            {
                new Span<float>(numbers + ((long)row * features), features).Clear();
                isWritten[row] = false;
            }
        }

        count = 0;
        return dense;
    }

    private static void AddRows(Tensor gradient, long features, ReadOnlySpan<long> rows, float* values)
    {
        var numbers = FloatMemory.Of(gradient);
        foreach (var row in rows)
        {
            Add(values, numbers + (row * features), (int)features);
            values += features;
        }
    }

    private static void Add(float* values, float* sums, int features)
    {
        var i = 0;
        for (; i <= features - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Store(Vector.Load(sums + i) + Vector.Load(values + i), sums + i);
        }

        for (; i < features; i++) sums[i] += values[i];
    }
}
