using System.Collections;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The extents of a tensor, one for each dimension.</summary>
    public readonly struct Size : IEnumerable<long>
    {
        public static Size Empty = new(Array.Empty<long>());

        private readonly long[]? extents;

        public Size(long[] shape) => extents = (long[])shape.Clone();

        public Size(IEnumerable<long> shape) => extents = shape.ToArray();

        public Size(int[] shape) => extents = Array.ConvertAll(shape, static extent => (long)extent);

        public Size(long size) => extents = [size];

        public Size(int size) => extents = [size];

        public Size((long, long) size) => extents = [size.Item1, size.Item2];

        public Size((long, long, long) size) => extents = [size.Item1, size.Item2, size.Item3];

        public Size((long, long, long, long) size) => extents = [size.Item1, size.Item2, size.Item3, size.Item4];

        public Size((int, int) size) => extents = [size.Item1, size.Item2];

        public Size((int, int, int) size) => extents = [size.Item1, size.Item2, size.Item3];

        public Size((int, int, int, int) size) => extents = [size.Item1, size.Item2, size.Item3, size.Item4];

        public int Length => Shape.Length;

        public bool IsEmpty => Length == 0;

        public bool IsScalar => Length == 0;

        public long[] Shape => extents ?? [];

        public long this[int idx] => Shape[idx];

        public long this[long idx] => Shape[idx];

        public static implicit operator Size(long size) => new(size);

        public static implicit operator Size(long[] size) => new(size);

        public static implicit operator Size((long, long) size) => new(size);

        public static implicit operator Size((long, long, long) size) => new(size);

        public static implicit operator Size((long, long, long, long) size) => new(size);

        public static bool operator ==(Size left, Size right) => left.Shape.AsSpan().SequenceEqual(right.Shape);

        public static bool operator !=(Size left, Size right) => !(left == right);

        public static Size operator +(Size left, Size right) => new(left.Shape.Concat(right.Shape));

        public static Size operator +(Size left, IEnumerable<long> right) => new(left.Shape.Concat(right));

        public long numel() => Shape.Aggregate(1L, static (product, extent) => product * extent);

        public Size Slice(int first, int next) => new(Shape[first..next]);

        public IEnumerable<long> Take(int i) => Shape.Take(i);

        public IEnumerator<long> GetEnumerator() => Shape.AsEnumerable().GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public override bool Equals(object? obj) => obj is Size other && this == other;

        public override int GetHashCode() => ((IStructuralEquatable)Shape).GetHashCode(EqualityComparer<long>.Default);

        public override string ToString() => $"[{string.Join(", ", Shape)}]";
    }
}
