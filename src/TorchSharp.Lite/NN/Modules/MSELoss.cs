using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>The squared difference.</summary>
public sealed class MSELoss : Loss<Tensor, Tensor, Tensor>
{
    /// <summary>Starts the loss.</summary>
    public MSELoss(Reduction reduction = Reduction.Mean) : base(reduction) { }

    /// <summary>The loss as <c>nn.functional</c> computes it.</summary>
    public override Tensor forward(Tensor input, Tensor target) => functional.mse_loss(input, target, reduction);
}
