using System.Diagnostics;
using RnnTrain.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Composition;

/// <summary>
/// What training costs from the moment it starts to the end of a step; on a GPU, where steps are told late, it waits there for the device,
/// and nowhere else.
/// </summary>
/// <param name="device">Where the network lives.</param>
/// <param name="last">The step with whose end it stops.</param>
public sealed class MeasuredSteps(Device device, long last) : ITrainingObserver
{
    private long startedAt;
    private long allocatedBefore;

    /// <summary>False until the last step is done.</summary>
    public bool AreOver { get; private set; }

    public double Seconds { get; private set; }

    public long Tokens { get; private set; }

    public double DataWaitSeconds { get; private set; }

    /// <summary>What .NET allocated, on all threads.</summary>
    public long ManagedBytes { get; private set; }

    public void On(TrainingEvent happened)
    {
        if (happened is TrainingStarted) Start();
        if (happened is not StepDone step) return;
        Add(step);
        if (step.Step == last) Stop();
    }

    private void Start()
    {
        allocatedBefore = GC.GetTotalAllocatedBytes(precise: true);
        startedAt = Now();
    }

    private void Add(StepDone step)
    {
        Tokens += step.Tokens;
        DataWaitSeconds += step.DataWaitSeconds;
    }

    private void Stop()
    {
        Seconds = Stopwatch.GetElapsedTime(startedAt, Now()).TotalSeconds;
        ManagedBytes = GC.GetTotalAllocatedBytes(precise: true) - allocatedBefore;
        AreOver = true;
    }

    private long Now()
    {
        if (device.type == DeviceType.CUDA) cuda.synchronize(device);
        return Stopwatch.GetTimestamp();
    }
}
