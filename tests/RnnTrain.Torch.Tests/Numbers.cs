using static TorchSharp.torch;

namespace RnnTrain.Tests;

/// <summary>What a tensor holds, and how far two are apart.</summary>
internal static class Numbers
{
    public static double[] Of(Tensor values)
    {
        using var scope = NewDisposeScope();
        return values.detach().cpu().to(float64).contiguous().data<double>().ToArray();
    }

    public static void AreClose(double[] expected, Tensor actual, double tolerance, string what) =>
        AreClose(expected, Of(actual), tolerance, what);

    public static void AreClose(Tensor expected, Tensor actual, double tolerance, string what)
    {
        Assert.Equal(expected.shape, actual.shape);
        AreClose(Of(expected), Of(actual), tolerance, what);
    }

    public static void AreEqual(Tensor expected, Tensor actual, string what) => AreClose(expected, actual, 0, what);

    private static void AreClose(double[] expected, double[] actual, double tolerance, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < actual.Length; i++)
        {
            var isClose = Math.Abs(expected[i] - actual[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i]));
            Assert.True(isClose, $"{what}, number {i}: {expected[i]} expected, {actual[i]} found");
        }
    }
}
