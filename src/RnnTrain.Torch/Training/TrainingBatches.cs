using RnnTrain.Data.Batching;
using RnnTrain.Tasks;

namespace RnnTrain.Training;

/// <summary>The training batches from a moment on, made ahead: one sequence over all passes, so that none begins with waiting.</summary>
public sealed class TrainingBatches : IDisposable
{
    private readonly ITask task;
    private readonly Prefetch<Batch> ahead;
    private int epoch;
    private int index;

    /// <param name="task">Makes them.</param>
    /// <param name="progress">Where training stands.</param>
    /// <param name="count">How many are wanted at most.</param>
    public TrainingBatches(ITask task, TrainingProgress progress, long count)
    {
        this.task = task;
        (epoch, index) = (progress.Epoch, progress.BatchInEpoch);
        ahead = new Prefetch<Batch>(0, (int)Math.Min(int.MaxValue, count), (_, old) => MakeNext(old));
    }

    /// <summary>The next one; see <see cref="Prefetch{T}.Next"/>.</summary>
    public Batch Next() => ahead.Next();

    public void Dispose() => ahead.Dispose();

    private Batch MakeNext(Batch? old) // asked for in order, never twice at once
    {
        if (index == task.BatchesIn(epoch)) (epoch, index) = (epoch + 1, 0);
        return task.MakeBatch(epoch, index++, old);
    }
}
