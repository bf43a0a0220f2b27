using RnnTrain.Configuration;
using static TorchSharp.torch;

namespace RnnTrain.Training.Optimizers;

[Describe("Adam with Nesterov's momentum.")]
public sealed record NadamOptions : MomentOptions
{
    [Describe("L2 penalty: this share of each weight is added to its gradient.")]
    [Bounds(0)]
    public double WeightDecay { get; init; }

    [Describe("How fast the momentum rises to its full strength.")]
    [Bounds(0)]
    public double MomentumDecay { get; init; } = 0.004;
}

/// <summary>
/// Dozat, "Incorporating Nesterov momentum into Adam" (2016), in the form of PyTorch from 2.0 on (1.13 has a factor μₜ too many): with the
/// momentum schedule
/// <c>μₜ = β₁·(1 − ½·0.96^(t·ψ))</c> and Πₜ the product of μ₁ to μₜ, <c>γ = (1 − μₜ)/(1 − Πₜ);  μ = μₜ₊₁/(1 − Πₜ₊₁);  ρ = 1/√(1 − β₂ᵗ)</c>.
/// </summary>
public sealed class Nadam(NadamOptions options, Device device) : IMomentRule
{
    private readonly Tensor product = ones(1, ScalarType.Float64, device).DetachFromDisposeScope(); // [1]

    public double Penalty => options.WeightDecay;

    public double Shrinking => 0;

    public IReadOnlyList<(string Name, Tensor Tensor)> Memory => [("mu_product", product)];

    public void Count(Tensor t, Tensor? isFinite)
    {
        var mu = Momentum(t); // []
        product.mul_(isFinite is null ? mu : where(isFinite, mu, ones_like(mu)));
    }

    public MomentFactors At(Tensor t)
    {
        var now = product.squeeze(0); // [1] → []
        var (mu, next) = (Momentum(t), Momentum(t + 1)); // []
        return new MomentFactors(
            next / (1 - now * next), 1 / Adam.Distance(options.Beta2, t).sqrt(), full_like(t, options.Epsilon), (1 - mu) / (1 - now)); // []
    }

    private Tensor Momentum(Tensor t) => (1 - (t * (options.MomentumDecay * Math.Log(0.96))).exp() * 0.5) * options.Beta1; // []
}
