using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The name that libtorch gives a rounding mode; null for none.</summary>
        internal static string? ModeName(RoundingMode mode) => mode == RoundingMode.None ? null : mode.ToString();

        /// <summary>The name that libtorch gives a norm; null for the default.</summary>
        internal static string? NormName(FFTNormType norm) => norm == FFTNormType.Backward ? null : norm.ToString().ToLowerInvariant();

        internal static long[] Dims((long, long) dims) => [dims.Item1, dims.Item2];

        internal static long[] Dims((long, long, long) dims) => [dims.Item1, dims.Item2, dims.Item3];

        /// <summary>A dimension, or None, for all elements, for -1: what TorchSharp does.</summary>
        private static Value OneOrAll(long dim) => dim == -1 ? Value.None : dim;

        /// <summary>The first dimensions.</summary>
        private static long[] First(long count) => [.. Enumerable.Range(0, (int)count).Select(static i => (long)i)];

        /// <summary>The last dimensions of a tensor of the given rank.</summary>
        private static long[] Last(long rank, long count) => [.. First(count).Select(i => rank - count + i)];

        /// <summary>Copies a result to the tensor that the caller gave for it, if any.</summary>
        private static Tensor Into(Tensor? target, Tensor result)
        {
            if (target is null) return result;
            using (result) return target.copy_(result);
        }

        /// <summary>A result as another element type, where one is asked for.</summary>
        private static Tensor As(Tensor result, ScalarType? type) => type is { } other ? result.to_type(other, disposeAfter: true) : result;

        private static (Tensor, Tensor) As((Tensor, Tensor) results, ScalarType? type) =>
            (As(results.Item1, type), As(results.Item2, type));
    }
}
