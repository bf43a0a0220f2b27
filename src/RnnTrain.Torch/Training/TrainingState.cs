using RnnTrain.Layers;
using RnnTrain.Models;
using RnnTrain.Training.Optimizers;
using RnnTrain.Training.Precisions;

namespace RnnTrain.Training;

/// <summary>All that changes while a network is trained: its parameters, the optimizer's memory, the carried recurrent state, the counters.</summary>
public sealed class TrainingState(LanguageModel model, MixedPrecision precision, Optimizer optimizer) : IDisposable
{
    public LanguageModel Model { get; } = model;

    /// <summary>Between the model and the weights that are trained.</summary>
    public MixedPrecision Precision { get; } = precision;

    public Optimizer Optimizer { get; } = optimizer;

    /// <summary>The recurrent state the last batch ended with; null at the start of a pass over the data. Owned by this object.</summary>
    public RecurrentState? Carried { get; private set; }

    public TrainingProgress Progress { get; set; } = new();

    /// <summary>Takes over a recurrent state and lets the one before it go.</summary>
    public void Carry(RecurrentState? next)
    {
        Carried?.Dispose();
        Carried = next;
    }

    public void Dispose()
    {
        Carried?.Dispose();
        Optimizer.Dispose();
        Precision.Dispose();
    }
}
