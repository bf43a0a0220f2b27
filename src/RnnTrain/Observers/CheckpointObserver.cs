using RnnTrain.Checkpoints;
using RnnTrain.Runs;
using RnnTrain.Training;

namespace RnnTrain.Observers;

/// <summary>Saves the state when the loop says so; the metrics of its steps reach the disk first, so no checkpoint outlives them.</summary>
public sealed class CheckpointObserver(CheckpointStore checkpoints, MetricsFile metrics) : ITrainingObserver
{
    public void On(TrainingEvent happened)
    {
        if (happened is not CheckpointDue due) return;
        metrics.FlushToDisk();
        checkpoints.Save(TrainingCheckpoint.Of(due.State));
    }
}
