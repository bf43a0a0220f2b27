using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Cross-entropy of σ(input) with targets from 0 to 1.</summary>
public sealed class BCEWithLogitsLoss : WeightedLoss<Tensor, Tensor, Tensor>
{
    /// <summary>Starts the loss.</summary>
    public BCEWithLogitsLoss(
        Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null)
        : base(weight, reduction)
    {
        this.pos_weights = pos_weights;
    }

    /// <summary>The weights of positive targets, or null.</summary>
    public Tensor? pos_weights { get; }

    /// <summary>The loss as <c>nn.functional</c> computes it.</summary>
    public override Tensor forward(Tensor input, Tensor target) =>
        functional.binary_cross_entropy_with_logits(input, target, weight, reduction, pos_weights);
}
