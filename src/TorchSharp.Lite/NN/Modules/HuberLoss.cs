using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>d² / 2 where |d| is below δ, δ (|d| − δ / 2) elsewhere.</summary>
public sealed class HuberLoss : Loss<Tensor, Tensor, Tensor>
{
    /// <summary>Starts the loss.</summary>
    public HuberLoss(double delta = 1.0, Reduction reduction = Reduction.Mean) : base(reduction)
    {
        this.delta = delta;
    }

    /// <summary>δ.</summary>
    public double delta { get; }

    /// <summary>The loss as <c>nn.functional</c> computes it.</summary>
    public override Tensor forward(Tensor input, Tensor target) => functional.huber_loss(input, target, delta, reduction);
}
