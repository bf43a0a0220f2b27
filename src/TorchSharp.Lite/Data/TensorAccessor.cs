using System.Collections;

namespace TorchSharp.Utils;

/// <summary>The elements of a tensor on the CPU, read and written in place, in the order of its indices whatever its strides.</summary>
public sealed unsafe class TensorAccessor<T> : IDisposable, IEnumerable<T> where T : unmanaged
{
    private readonly torch.Tensor tensor;
    private readonly T* first;
    private readonly long[] shape;
    private readonly long[] strides;
    private readonly bool contiguous;

    internal TensorAccessor(torch.Tensor tensor)
    {
        this.tensor = tensor;
        first = (T*)tensor.DataPointer();
        shape = tensor.shape;
        strides = tensor.stride();
        contiguous = tensor.is_contiguous();
        Count = tensor.numel();
    }

    /// <summary>Elements of the tensor.</summary>
    public long Count { get; }

    public bool IsReadOnly => false;

    /// <summary>One index counts through all elements; several are one for each dimension.</summary>
    public T this[params long[] indices]
    {
        get => *At(indices);
        set => *At(indices) = value;
    }

    public static bool operator ==(TensorAccessor<T> left, TensorAccessor<T> right) =>
        left.Count == right.Count && left.SequenceEqual(right);

    public static bool operator !=(TensorAccessor<T> left, TensorAccessor<T> right) => !(left == right);

    public T[] ToArray()
    {
        ObjectDisposedException.ThrowIf(tensor.IsInvalid, tensor);
        var array = new T[Count];
        Read(array, 0);
        return array;
    }

    /// <summary>An array with as many dimensions as the tensor; one element for a tensor of none.</summary>
    public Array ToNDArray()
    {
        if (shape.Length < 2) return ToArray();
        ObjectDisposedException.ThrowIf(tensor.IsInvalid, tensor);
        var array = Array.CreateInstance(typeof(T), shape);
        var index = new long[shape.Length];
        for (long i = 0; i < Count; i++, Advance(index)) array.SetValue(first[Offset(index)], index);
        return array;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    /// <summary>Copies from the given element on, until either end.</summary>
    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        CheckStart(tensorIndex);
        Read(array[arrayIndex..], tensorIndex);
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyFrom((ReadOnlySpan<T>)array, arrayIndex, tensorIndex);

    /// <summary>Copies to the given element on, until either end.</summary>
    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        CheckStart(tensorIndex);
        var source = array[arrayIndex..];
        var count = (int)Math.Min(source.Length, Count - tensorIndex);
        if (contiguous)
        {
            source[..count].CopyTo(new Span<T>(first + tensorIndex, count));
        }
        else
        {
            var index = IndexOf(tensorIndex);
            for (var i = 0; i < count; i++, Advance(index)) first[Offset(index)] = source[i];
        }
        GC.KeepAlive(tensor);
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (long i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override bool Equals(object? obj) => obj is TensorAccessor<T> other && this == other;

    public override int GetHashCode() => tensor.GetHashCode();

    /// <summary>Does nothing: the tensor stays its owner's.</summary>
    public void Dispose()
    {
    }

    private void Read(Span<T> into, long start)
    {
        var count = (int)Math.Min(into.Length, Count - start);
        if (contiguous)
        {
            new ReadOnlySpan<T>(first + start, count).CopyTo(into);
        }
        else
        {
            var index = IndexOf(start);
            for (var i = 0; i < count; i++, Advance(index)) into[i] = first[Offset(index)];
        }
        GC.KeepAlive(tensor);
    }

    private T* At(long[] indices)
    {
        ObjectDisposedException.ThrowIf(tensor.IsInvalid, tensor);
        if (indices.Length == 1)
        {
            if ((ulong)indices[0] >= (ulong)Count) throw new IndexOutOfRangeException($"{indices[0]} is no element of {Count}");
            return first + (contiguous ? indices[0] : Offset(IndexOf(indices[0])));
        }
        if (indices.Length != shape.Length) throw new IndexOutOfRangeException($"{indices.Length} indices for {shape.Length} dimensions");
        for (var i = 0; i < shape.Length; i++)
        {
            if ((ulong)indices[i] >= (ulong)shape[i]) throw new IndexOutOfRangeException($"{indices[i]} >= {shape[i]} in dimension {i}.");
        }
        return first + Offset(indices);
    }

    private void CheckStart(long tensorIndex)
    {
        ObjectDisposedException.ThrowIf(tensor.IsInvalid, tensor);
        ArgumentOutOfRangeException.ThrowIfNegative(tensorIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tensorIndex, Count);
    }

    private long Offset(long[] index)
    {
        long offset = 0;
        for (var i = 0; i < index.Length; i++) offset += index[i] * strides[i];
        return offset;
    }

    private long[] IndexOf(long element)
    {
        var index = new long[shape.Length];
        for (var i = shape.Length - 1; i >= 0 && shape[i] > 0; i--) (element, index[i]) = Math.DivRem(element, shape[i]);
        return index;
    }

    private void Advance(long[] index)
    {
        for (var i = index.Length - 1; i >= 0; i--)
        {
            if (++index[i] < shape[i]) return;
            index[i] = 0;
        }
    }
}
