using RnnTrain.Configuration;
using static TorchSharp.torch;

namespace RnnTrain.Training.Optimizers;

[Describe("Adam that begins as momentum, until its mean of squares can be relied upon: a warm-up of its own.")]
public sealed record RadamOptions : MomentOptions
{
    [Describe("L2 penalty: this share of each weight is added to its gradient.")]
    [Bounds(0)]
    public double WeightDecay { get; init; }
}

/// <summary>
/// Liu et al., "On the variance of the adaptive learning rate and beyond" (2020): with <c>ρ∞ = 2/(1 − β₂) − 1</c> and
/// <c>ρₜ = ρ∞ − 2t·β₂ᵗ/(1 − β₂ᵗ)</c>, where <c>ρₜ &gt; 5</c> Adam's step times
/// <c>r = √((ρₜ − 4)(ρₜ − 2)ρ∞ / ((ρ∞ − 4)(ρ∞ − 2)ρₜ))</c>, and before only <c>m/(1 − β₁ᵗ)</c>: no root, ε = 1. As in PyTorch ε is added to √v
/// before its correction.
/// </summary>
public sealed class Radam(RadamOptions options) : IMomentRule
{
    public double Penalty => options.WeightDecay;

    public double Shrinking => 0;

    public IReadOnlyList<(string Name, Tensor Tensor)> Memory => [];

    public void Count(Tensor t, Tensor? isFinite)
    {
    }

    public MomentFactors At(Tensor t)
    {
        var distance = Adam.Distance(options.Beta2, t); // []
        var limit = 2 / (1 - options.Beta2) - 1;
        var length = limit - t * 2 * (1 - distance) / distance; // []
        var isRectified = length.gt(5); // []
        var rectifier = ((length - 4) * (length - 2) * (limit / ((limit - 4) * (limit - 2))) / length).sqrt() * distance.sqrt(); // []
        var one = ones_like(t); // []
        return new MomentFactors(
            where(isRectified, rectifier, one) / Adam.Distance(options.Beta1, t),
            isRectified.to_type(ScalarType.Float64),
            where(isRectified, one * options.Epsilon, one)); // []
    }
}
