using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>The negative log-likelihood of counts under Poisson's distribution.</summary>
public sealed class PoissonNLLLoss : Loss<Tensor, Tensor, Tensor>
{
    /// <summary>Starts the loss.</summary>
    public PoissonNLLLoss(
        bool log_input = true, bool full = false, float eps = 1e-8f, Reduction reduction = Reduction.Mean)
        : base(reduction)
    {
        this.log_input = log_input;
        this.full = full;
        this.eps = eps;
    }

    /// <summary>Whether the input is of logarithms.</summary>
    public bool log_input { get; }

    /// <summary>Whether Stirling's term is added.</summary>
    public bool full { get; }

    /// <summary>What keeps a logarithm from zero.</summary>
    public float eps { get; }

    /// <summary>The loss as <c>nn.functional</c> computes it.</summary>
    public override Tensor forward(Tensor input, Tensor target) =>
        functional.poisson_nll_loss(input, target, log_input, full, eps, reduction);
}
