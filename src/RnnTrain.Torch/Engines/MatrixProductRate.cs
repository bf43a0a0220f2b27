using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Engines;

/// <summary>How fast an engine multiplies large matrices: what a network can reach at best, since it does little else.</summary>
public static class MatrixProductRate
{
    private const int WarmUps = 2;
    private const int Trials = 5;

    /// <summary>Multiplies a few times, in all well under a second, and takes the fastest.</summary>
    /// <param name="engine">Whose product.</param>
    /// <param name="device">Where.</param>
    /// <param name="type">The numbers' type; oneDNN's own product is of Float32, others are libtorch's.</param>
    /// <returns>Floating-point operations a second, an addition and a multiplication counted each.</returns>
    public static double Measure(EngineChoice engine, Device device, ScalarType type)
    {
        var size = device.type == DeviceType.CUDA ? 8192 : 2048;
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var a = ones(size, size, dtype: type, device: device); // [size, size]
        var b = ones(size, size, dtype: type, device: device); // [size, size]
        var product = empty(size, size, dtype: type, device: device); // [size, size]
        var fastest = double.MaxValue;
        for (var trial = 0; trial < WarmUps + Trials; trial++)
        {
            var start = Stopwatch.GetTimestamp();
            if (engine.UsesOneDnn && type == ScalarType.Float32) OneDnn.MatrixProduct(a, b, product);
            else a.matmul(b).Dispose();
            if (device.type == DeviceType.CUDA) cuda.synchronize();
            if (trial >= WarmUps) fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return 2.0 * size * size * size / fastest;
    }
}
