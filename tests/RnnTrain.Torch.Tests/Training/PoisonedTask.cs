using RnnTrain.Data;
using RnnTrain.Data.Batching;
using RnnTrain.Layers;
using RnnTrain.Models;
using RnnTrain.Tasks;

namespace RnnTrain.Tests.Training;

/// <summary>A task of which some steps have a loss that is no number.</summary>
internal sealed class PoisonedTask(ITask task, Func<bool> isBad) : ITask
{
    public LanguageModel Model => task.Model;

    public int BatchesPerEpoch => task.BatchesPerEpoch;

    public TokenBatch MakeBatch(int epoch, int index) => task.MakeBatch(epoch, index);

    public int EvaluationBatches(Split split) => task.EvaluationBatches(split);

    public TokenBatch MakeEvaluationBatch(Split split, int index) => task.MakeEvaluationBatch(split, index);

    public TaskStep Step(TokenBatch batch, RecurrentState? carried, IStageClock? clock = null)
    {
        var step = task.Step(batch, carried, clock);
        return isBad() ? step with { Objective = step.Objective * float.NaN, MeanLoss = step.MeanLoss * float.NaN } : step;
    }

    public TaskScore Score(TokenBatch batch, RecurrentState? carried) => task.Score(batch, carried);

    public void Dispose()
    {
    }
}
