using RnnTrain.Configuration;
using static TorchSharp.torch;

namespace RnnTrain.Training.Optimizers;

[Describe("Adam: steps scaled by running means of the gradient and of its square; weight decay as an L2 penalty.")]
public sealed record AdamOptions : MomentOptions
{
    [Describe("L2 penalty: this share of each weight is added to its gradient.")]
    [Bounds(0)]
    public double WeightDecay { get; init; }
}

[Describe("Adam with decoupled weight decay.")]
public sealed record AdamWOptions : MomentOptions
{
    [Describe("Each step shrinks every weight by this share times the learning rate.")]
    [Bounds(0)]
    public double WeightDecay { get; init; } = 0.01;
}

/// <summary>
/// Adam (Kingma and Ba 2015) and, decoupled, AdamW (Loshchilov and Hutter 2019): <c>μ = 1/(1 − β₁ᵗ);  ρ = 1/√(1 − β₂ᵗ)</c>, which undo that
/// the running means began at zero.
/// </summary>
public sealed class Adam(MomentOptions options, double penalty = 0, double shrinking = 0) : IMomentRule
{
    public double Penalty => penalty;

    public double Shrinking => shrinking;

    public IReadOnlyList<(string Name, Tensor Tensor)> Memory => [];

    public void Count(Tensor t, Tensor? isFinite)
    {
    }

    public MomentFactors At(Tensor t) => new(
        1 / Distance(options.Beta1, t), 1 / Distance(options.Beta2, t).sqrt(), full_like(t, options.Epsilon)); // []

    /// <summary>1 − βᵗ, a scalar: how far a running mean has come from the zero it began with.</summary>
    internal static Tensor Distance(double beta, Tensor t) => 1 - (t * Math.Log(beta)).exp(); // []
}
