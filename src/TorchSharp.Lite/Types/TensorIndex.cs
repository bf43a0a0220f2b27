namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// One place between the brackets of <c>tensor[...]</c>: a number, a slice, a tensor, a bool, an ellipsis or a new axis.
    /// </summary>
    public readonly struct TensorIndex
    {
        public static TensorIndex Ellipsis = new() { Kind = IndexKind.Ellipsis };

        /// <summary>A new axis of extent 1.</summary>
        public static TensorIndex None = new() { Kind = IndexKind.NewAxis };

        /// <summary>A new axis of extent 1.</summary>
        public static TensorIndex Null = new() { Kind = IndexKind.NewAxis };

        /// <summary>The whole axis.</summary>
        public static TensorIndex Colon = Slice();

        internal enum IndexKind
        {
            NewAxis,
            Single,
            Ellipsis,
            Bool,
            Tensor,
            Slice,
        }

        internal IndexKind Kind { get; init; }

        internal long? Start { get; init; }

        internal long? Stop { get; init; }

        internal long? Step { get; init; }

        internal Tensor? Mask { get; init; }

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            new() { Kind = IndexKind.Slice, Start = start, Stop = stop, Step = step };

        public static TensorIndex Slice((int?, int?) range) => Slice(range.Item1, range.Item2);

        public static TensorIndex Slice(Range range) => Slice(
            range.Start.IsFromEnd ? -range.Start.Value : range.Start.Value,
            !range.End.IsFromEnd ? range.End.Value : range.End.Value == 0 ? null : -range.End.Value);

        public static TensorIndex Bool(bool value) => new() { Kind = IndexKind.Bool, Start = value ? 1 : 0 };

        public static TensorIndex Single(long? index) => new() { Kind = IndexKind.Single, Start = index };

        public static TensorIndex Tensor(Tensor tensor) => new() { Kind = IndexKind.Tensor, Mask = tensor };

        public static implicit operator TensorIndex(long value) => Single(value);

        public static implicit operator TensorIndex((int?, int?) range) => Slice(range);

        public static implicit operator TensorIndex(Range range) => Slice(range);

        public static implicit operator TensorIndex(Index index) => Single(index.IsFromEnd ? -index.Value : index.Value);

        /// <summary>Always throws: it exists so that overload resolution prefers indices to tensors.</summary>
        public static implicit operator Tensor(TensorIndex value) =>
            throw new InvalidOperationException("a TensorIndex is not a tensor");
    }
}
