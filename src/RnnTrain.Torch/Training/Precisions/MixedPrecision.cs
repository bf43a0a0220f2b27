using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Models;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Training.Precisions;

/// <summary>
/// What lies between the weights that are trained and the model that computes: nothing in fp32 and tf32; master weights in bf16; master
/// weights and a scaled loss in fp16.
/// </summary>
public sealed class MixedPrecision : IDisposable
{
    private readonly MasterWeights masters;

    private MixedPrecision(MasterWeights masters, LossScale? lossScale)
    {
        this.masters = masters;
        LossScale = lossScale;
    }

    /// <summary>What the optimizer changes and a checkpoint holds: fp32, in the order of the model and under its names.</summary>
    public IReadOnlyList<NamedParameter> Parameters => masters.Parameters;

    /// <summary>Null but for fp16.</summary>
    public LossScale? LossScale { get; }

    /// <summary>Makes a model compute in a precision.</summary>
    /// <param name="model">With its weights in fp32, on the device.</param>
    public static MixedPrecision Of(SequenceModel model, Precision precision, Device device) =>
        Of(model, precision.ComputeType(), precision == Precision.Fp16 ? new LossScale(device, new LossScaleState()) : null);

    /// <summary>The same of its parts.</summary>
    /// <param name="lossScale">Taken over; null for none.</param>
    public static MixedPrecision Of(SequenceModel model, ScalarType type, LossScale? lossScale) =>
        new(MasterWeights.Of(model, type), lossScale);

    /// <summary>What a scaled objective's gradients gave, without the scale: a scalar.</summary>
    public Tensor Unscaled(Tensor number) => LossScale is null ? number : number / LossScale.Value; // []

    /// <summary>After the backward pass: the gradients of the trained weights, still too large by the loss scale.</summary>
    public void CollectGradients() => masters.CollectGradients();

    /// <summary>After the optimizer's step, or when weights were loaded: the model computes with the new ones.</summary>
    public void UpdateModel() => masters.UpdateCopies();

    public void Dispose()
    {
        masters.Dispose();
        LossScale?.Dispose();
    }
}
