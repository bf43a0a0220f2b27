using RnnTrain.Training;
using Serilog;

namespace RnnTrain.Observers;

/// <summary>Tells the run's log what happens, as structured events.</summary>
public sealed class LogObserver(ILogger log) : ITrainingObserver
{
    public void On(TrainingEvent happened)
    {
        switch (happened)
        {
            case TrainingStarted started when started.Step == 0:
                log.Information("training starts: {StepsTotal} steps in {Epochs} epochs of {BatchesPerEpoch} batches",
                    started.StepsTotal, started.Epochs, started.BatchesPerEpoch);
                break;
            case TrainingStarted started:
                log.Information("training goes on after step {Step} of {StepsTotal}", started.Step, started.StepsTotal);
                break;
            case MetricsMeasured measured:
                log.Information("{Split} metrics at step {Step}, epoch {Epoch}: {@Values}", measured.Split, measured.Step, measured.Epoch,
                    measured.Values.ToDictionary(value => value.Name, value => value.Value));
                break;
            case StepSkipped skipped:
                log.Warning("step {Step} skipped, the {Count}. so far: loss {Loss}, gradient norm {Norm}", skipped.Step, skipped.Count, skipped.MeanLoss, skipped.GradientNorm);
                break;
            case CheckpointDue due:
                log.Information("checkpoint at step {Step}", due.State.Progress.Step);
                break;
            case TrainingStopped stopped:
                log.Information("training stopped at step {Step}: {Reason}; {Seconds:F1} s in steps",
                    stopped.Progress.Step, stopped.Reason, stopped.Progress.TrainingSeconds);
                break;
        }
    }
}
