using RnnTrain.Configuration;

namespace RnnTrain.Training.Optimizers;

/// <summary>What all members of Adam's family have in common.</summary>
public abstract record MomentOptions : OptimizerOptions
{
    [Describe("How slowly the mean of the gradient forgets.")]
    [Bounds(0, 1, MaximumExcluded = true)]
    public double Beta1 { get; init; } = 0.9;

    [Describe("How slowly the mean of the squared gradient forgets.")]
    [Bounds(0, 1, MaximumExcluded = true)]
    public double Beta2 { get; init; } = 0.999;

    [Describe("Added to the denominator.")]
    [Bounds(0, MinimumExcluded = true)]
    public double Epsilon { get; init; } = 1e-8;
}
