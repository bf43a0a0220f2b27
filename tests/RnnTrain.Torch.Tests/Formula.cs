using static TorchSharp.torch;

namespace RnnTrain.Tests;

/// <summary>Numbers that need no generator, the same as in scripts/golden/cells.py: 0.6 sin(phase + 1.7 k).</summary>
internal static class Formula
{
    public static double[] Values(long count, double phase) =>
        [.. Enumerable.Range(0, (int)count).Select(k => 0.6 * Math.Sin(phase + (1.7 * k)))];

    /// <summary>Of type Float64.</summary>
    public static Tensor Double(double phase, params long[] shape) => tensor(Values(Count(shape), phase), shape);

    /// <summary>Of type Float32.</summary>
    public static Tensor Single(double phase, params long[] shape) =>
        tensor([.. Values(Count(shape), phase).Select(value => (float)value)], shape);

    private static long Count(long[] shape) => shape.Aggregate(1L, (product, size) => product * size);
}
