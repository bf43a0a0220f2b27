using RnnTrain.Data;
using RnnTrain.Data.Batching;
using RnnTrain.Layers;
using RnnTrain.Models;
using RnnTrain.Tasks;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Training;

/// <summary>A task of which some steps have a loss that is no number, or only gradients that are none.</summary>
internal sealed class PoisonedTask(ITask task, Func<bool> isBad, bool keepsLoss = false) : ITask
{
    public LanguageModel Model => task.Model;

    public IReadOnlyList<string> Notes => task.Notes;

    public int BatchesPerEpoch => task.BatchesPerEpoch;

    public TokenBatch MakeBatch(int epoch, int index, TokenBatch? old = null) => task.MakeBatch(epoch, index, old);

    public int EvaluationBatches(Split split) => task.EvaluationBatches(split);

    public TokenBatch MakeEvaluationBatch(Split split, int index, TokenBatch? old = null) => task.MakeEvaluationBatch(split, index, old);

    public TaskStep Step(TokenBatch batch, RecurrentState? carried, Tensor? lossScale = null, IStageClock? clock = null)
    {
        var step = task.Step(batch, carried, lossScale, clock);
        if (!isBad()) return step;
        return step with { Objective = step.Objective * float.NaN, MeanLoss = keepsLoss ? step.MeanLoss : step.MeanLoss * float.NaN };
    }

    public TaskScore Score(Split split, TokenBatch batch, RecurrentState? carried) => task.Score(split, batch, carried);

    public void Dispose()
    {
    }
}
