using System.Diagnostics;
using RnnTrain.Tasks;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Training;

/// <summary>
/// How long the stages of training steps take, added up. On a GPU each mark waits until the device has done its work, so that a stage's
/// time is its own; the steps then take longer than unmeasured ones.
/// </summary>
/// <param name="device">Where the network lives.</param>
public sealed class StageTimes(Device device) : IStageClock
{
    private readonly long[] ticks = new long[Enum.GetValues<Stage>().Length];
    private readonly bool isOnGpu = device.type == DeviceType.CUDA;
    private long last;

    /// <summary>Steps since it was cleared.</summary>
    public int Steps { get; private set; }

    /// <summary>Seconds spent in a stage, over all steps.</summary>
    public double Seconds(Stage stage) => Stopwatch.GetElapsedTime(0, ticks[(int)stage]).TotalSeconds;

    /// <summary>A step begins here.</summary>
    public void Start() => last = Now();

    /// <inheritdoc/>
    public void Mark(Stage ended)
    {
        var now = Now();
        ticks[(int)ended] += now - last;
        last = now;
        if (ended == Stage.Optimizer) Steps++;
    }

    /// <summary>Forgets what was measured, for instance while things warmed up.</summary>
    public void Clear()
    {
        Array.Clear(ticks);
        Steps = 0;
    }

    private long Now()
    {
        if (isOnGpu) cuda.synchronize();
        return Stopwatch.GetTimestamp();
    }
}
