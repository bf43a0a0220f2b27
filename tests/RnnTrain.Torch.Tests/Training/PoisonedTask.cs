using RnnTrain.Data;
using RnnTrain.Data.Batching;
using RnnTrain.Layers;
using RnnTrain.Metrics;
using RnnTrain.Models;
using RnnTrain.Tasks;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Training;

/// <summary>A task of which some steps have a loss that is no number, or only gradients that are none.</summary>
internal sealed class PoisonedTask(ITask task, Func<bool> isBad, bool keepsLoss = false) : ITask
{
    public SequenceModel Model => task.Model;

    public IReadOnlyList<string> Notes => task.Notes;

    public string Unit => task.Unit;

    public int BatchesIn(int epoch) => task.BatchesIn(epoch);

    public Batch MakeBatch(int epoch, int index, Batch? old = null) => task.MakeBatch(epoch, index, old);

    public int EvaluationBatches(Split split) => task.EvaluationBatches(split);

    public Batch MakeEvaluationBatch(Split split, int index, Batch? old = null) => task.MakeEvaluationBatch(split, index, old);

    public TaskStep Step(Batch batch, RecurrentState? carried, Tensor? lossScale = null, IStageClock? clock = null)
    {
        var step = task.Step(batch, carried, lossScale, clock);
        if (!isBad()) return step;
        return step with { Objective = step.Objective * float.NaN, MeanLoss = keepsLoss ? step.MeanLoss : step.MeanLoss * float.NaN };
    }

    public TaskScore Score(Split split, Batch batch, RecurrentState? carried) => task.Score(split, batch, carried);

    public IReadOnlyList<MetricValue> LossMetrics(double meanLoss) => task.LossMetrics(meanLoss);

    public IReadOnlyList<MetricValue> Metrics(IReadOnlyList<double> sums) => task.Metrics(sums);

    public void Dispose()
    {
    }
}
