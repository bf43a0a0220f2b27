using RnnTrain.Configuration;
using RnnTrain.Layers;
using RnnTrain.Models;
using RnnTrain.Training.Averaging;
using RnnTrain.Training.Optimizers;
using RnnTrain.Training.Precisions;
using static TorchSharp.torch;

namespace RnnTrain.Training;

/// <summary>All that changes while a network is trained: its parameters, the optimizer's memory, the carried recurrent state, the counters.</summary>
/// <param name="model">The network.</param>
/// <param name="precision">Between the model and the weights that are trained. Owned from here on, as is what follows.</param>
/// <param name="optimizer">Of the weights that are trained.</param>
/// <param name="average">Of the same weights; null where the last ones count.</param>
public sealed class TrainingState(SequenceModel model, MixedPrecision precision, Optimizer optimizer, WeightAverage? average = null) : IDisposable
{
    public SequenceModel Model { get; } = model;

    /// <summary>Between the model and the weights that are trained.</summary>
    public MixedPrecision Precision { get; } = precision;

    public Optimizer Optimizer { get; } = optimizer;

    /// <summary>An average of the weights along the way; null where the last ones count.</summary>
    public WeightAverage? Average { get; } = average;

    /// <summary>True where the average is what counts: averaging has begun.</summary>
    public bool IsAveraged => Average?.HasBegun(Progress) == true;

    /// <summary>The recurrent state the last batch ended with; null at the start of a pass over the data. Owned by this object.</summary>
    public RecurrentState? Carried { get; private set; }

    public TrainingProgress Progress { get; set; } = new();

    /// <summary>The freshly built state of a model.</summary>
    /// <param name="precision">Taken over.</param>
    public static TrainingState Of(SequenceModel model, MixedPrecision precision, TrainingOptions options) => new(
        model, precision, OptimizerTable.Optimizers.Create(options.Optimizer, precision.Parameters),
        AverageTable.Create(options) is { } averaging ? new WeightAverage(averaging, precision.Parameters) : null);

    /// <summary>Does something with the model as it counts: with averaged weights where there are any, which then make room for the raw ones.</summary>
    public T WithAverage<T>(Func<T> work)
    {
        if (!IsAveraged) return work();
        Swap();
        try
        {
            return work();
        }
        finally
        {
            Swap();
        }

        void Swap()
        {
            Average!.Swap();
            Precision.UpdateModel();
        }
    }

    /// <inheritdoc cref="WithAverage{T}"/>
    public void WithAverage(Action work) => WithAverage(() =>
    {
        work();
        return true;
    });

    /// <summary>Takes over a recurrent state and lets the one before it go.</summary>
    public void Carry(RecurrentState? next)
    {
        Carried?.Dispose();
        Carried = next;
    }

    /// <summary>A pass over the data is over: the next one begins with its first batch and no recurrent state.</summary>
    public void StartNextPass()
    {
        Progress.Epoch++;
        Progress.BatchInEpoch = 0;
        Carry(null);
    }

    /// <summary>The name of a tensor that holds an infinity or no number, or sums up to one; null where there is none. Waits for the device.</summary>
    public string? NotFinite()
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        List<(string Name, Tensor Tensor)> all =
        [
            .. Precision.Parameters.Select(named => (named.Name, (Tensor)named.Parameter)),
            .. Optimizer.Memory.Select(named => ($"the optimizer's {named.Name}", named.Tensor)),
            .. Average?.Tensors.Select(named => ($"the averaged {named.Name}", named.Tensor)) ?? [],
            .. Carried?.NamedTensors().Select(named => ($"the carried {named.Name}", named.Value)) ?? [],
        ];
        var device = all[0].Tensor.device;
        var sums = stack(all.Select(named => named.Tensor.sum(ScalarType.Float32).to(device))); // [any] each → [tensors]
        var first = Array.FindIndex(sums.data<float>().ToArray(), sum => !float.IsFinite(sum));
        return first < 0 ? null : all[first].Name;
    }

    /// <summary>Puts into the progress where loss scaling stands; waits for the device.</summary>
    /// <exception cref="TrainingDivergedException">A gradient was not finite though the scale was at its floor.</exception>
    public void ReadLossScale()
    {
        Progress.LossScale = Precision.LossScale?.Read();
        if (Progress.LossScale?.IsExhausted == true)
        {
            throw new TrainingDivergedException(Progress.Step, $"a gradient is not finite though the loss scale is at its floor of {LossScale.Floor}");
        }
    }

    public void Dispose()
    {
        Carried?.Dispose();
        Optimizer.Dispose();
        Average?.Dispose();
        Precision.Dispose();
    }
}
