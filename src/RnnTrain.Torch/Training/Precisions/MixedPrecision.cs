using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Models;
using RnnTrain.Tensors;

namespace RnnTrain.Training.Precisions;

/// <summary>
/// What lies between the weights that are trained and the model that computes: nothing in fp32 and tf32; master weights in bf16.
/// </summary>
public sealed class MixedPrecision : IDisposable
{
    private readonly MasterWeights masters;

    private MixedPrecision(MasterWeights masters) => this.masters = masters;

    /// <summary>What the optimizer changes and a checkpoint holds: fp32, in the order of the model and under its names.</summary>
    public IReadOnlyList<NamedParameter> Parameters => masters.Parameters;

    /// <summary>Makes a model compute in a precision.</summary>
    /// <param name="model">With its weights in fp32, on the device.</param>
    public static MixedPrecision Of(LanguageModel model, Precision precision) => new(MasterWeights.Of(model, precision.ComputeType()));

    /// <summary>After the backward pass: the gradients of the trained weights.</summary>
    public void CollectGradients() => masters.CollectGradients();

    /// <summary>After the optimizer's step, or when weights were loaded: the model computes with the new ones.</summary>
    public void UpdateModel() => masters.UpdateCopies();

    public void Dispose() => masters.Dispose();
}
