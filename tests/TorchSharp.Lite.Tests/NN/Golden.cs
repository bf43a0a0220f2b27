using System.Text.Json;
using static TorchSharp.torch;

namespace RnnTrain.Tests.NN;

/// <summary>What scripts/golden/lite_nn.py wrote, and the inputs it used.</summary>
internal static class Golden
{
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, double[]>> Load(string file)
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "golden", file));
        return JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, double[]>>>(text)!
            .ToDictionary(pair => pair.Key, IReadOnlyDictionary<string, double[]> (pair) => pair.Value);
    }

    public static Tensor Fill(long[] shape, int seed, double scale = 1)
    {
        var values = new double[shape.Aggregate(1L, (product, size) => product * size)];
        for (var i = 0; i < values.Length; i++) values[i] = (((i * 37) + (seed * 11)) % 101 - 50) / 50.0 * scale;
        return tensor(values, dtype: ScalarType.Float64).reshape(shape); // shape
    }

    public static Tensor Leaf(long[] shape, int seed, double scale = 1) => Fill(shape, seed, scale).detach().requires_grad_();

    public static Tensor Weighted(Tensor value, int seed) => (value * Fill(value.shape, seed)).sum(); // []

    public static void FillParameters(nn.Module module, double scale = 0.5)
    {
        using var frozen = no_grad();
        var seed = 0;
        foreach (var parameter in module.parameters()) parameter.copy_(Fill(parameter.shape, ++seed, scale));
    }

    public static double[] Checksums(nn.Module module) =>
        [.. module.parameters().Select(parameter => (parameter.grad! * Fill(parameter.shape, 99)).sum().item<double>())];

    public static double[] Numbers(Tensor value) => value.detach().to(ScalarType.Float64).contiguous().reshape(-1).data<double>().ToArray();

    public static void Close(double[] expected, Tensor actual, double tolerance = 1e-9) => Close(expected, Numbers(actual), tolerance);

    public static void Close(double[] expected, double[] actual, double tolerance = 1e-9)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(
                Math.Abs(expected[i] - actual[i]) <= tolerance * (1 + Math.Abs(expected[i])),
                $"element {i}: expected {expected[i]:R}, got {actual[i]:R}");
    }
}
