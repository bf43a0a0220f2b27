using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Tests;

/// <summary>Comparisons of tensors with numbers worked out by hand.</summary>
internal static class Near
{
    public static bool IsLite => typeof(torch).Assembly.GetName().Name == "TorchSharp.Lite";

    /// <summary>Compares shape and elements, in order.</summary>
    public static void Equal(Tensor actual, long[] shape, params double[] expected)
    {
        Assert.Equal(shape, actual.shape);
        Equal(actual, expected);
    }

    public static void Equal(Tensor actual, params double[] expected)
    {
        using var wide = actual.detach().to(ScalarType.Float64);
        var elements = wide.data<double>().ToArray();
        Assert.Equal(expected.Length, elements.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], elements[i], 1e-5 * Math.Max(1, Math.Abs(expected[i])));
    }
}
