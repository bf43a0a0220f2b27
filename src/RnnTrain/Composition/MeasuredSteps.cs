using System.Diagnostics;
using RnnTrain.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Composition;

/// <summary>What training costs from the end of one step to the end of another; on a GPU it waits there for the device, and nowhere else.</summary>
/// <param name="device">Where the network lives.</param>
/// <param name="first">The step after whose end it counts.</param>
/// <param name="last">The step with whose end it stops.</param>
/// <param name="stages">Cleared where counting begins.</param>
public sealed class MeasuredSteps(Device device, long first, long last, StageTimes? stages = null) : ITrainingObserver
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
        if (happened is not StepDone step || step.Step < first) return;
        if (step.Step == first) Start();
        else Add(step);
        if (step.Step == last) Stop();
    }

    private void Start()
    {
        stages?.Clear();
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
