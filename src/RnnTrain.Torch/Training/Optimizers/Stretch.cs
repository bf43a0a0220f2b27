namespace RnnTrain.Training.Optimizers;

/// <summary>The same piece of a parameter, of its gradient and of what an optimizer remembers of it, each without gaps in CPU memory.</summary>
public readonly unsafe struct Stretch(float* values, float* gradient, float* first, float* second, int count)
{
    /// <summary>The weights.</summary>
    public float* Values { get; } = values;

    /// <summary>Their gradient.</summary>
    public float* Gradient { get; } = gradient;

    /// <summary>The optimizer's first buffer; null where it has none.</summary>
    public float* First { get; } = first;

    /// <summary>Its second buffer.</summary>
    public float* Second { get; } = second;

    /// <summary>Numbers in each.</summary>
    public int Count { get; } = count;

    /// <summary>A piece of this piece.</summary>
    public Stretch Slice(long from, int length) => new(
        Values + from, Gradient + from, First == null ? null : First + from, Second == null ? null : Second + from, length);
}
