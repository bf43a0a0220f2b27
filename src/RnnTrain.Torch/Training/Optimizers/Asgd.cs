using RnnTrain.Configuration;
using RnnTrain.Training.Averaging;

namespace RnnTrain.Training.Optimizers;

[Describe("Averaged SGD: plain gradient descent whose weights are averaged from some moment on; the average is what is evaluated and saved.")]
public sealed record AsgdOptions : OptimizerOptions
{
    [Describe("L2 penalty: this share of each weight is added to its gradient.")]
    [Bounds(0)]
    public double WeightDecay { get; init; }

    [Describe("Begin to average after this many steps; if absent, when validation gets worse (NT-ASGD).")]
    [Bounds(0)]
    public long? AverageAfter { get; init; }

    [Describe("Without average_after: begin when a validation loss is worse than the best of all before but so many latest ones (Merity et al. 2018).")]
    [Bounds(0)]
    public int Patience { get; init; } = 5;

    /// <summary>
    /// Polyak and Juditsky, "Acceleration of stochastic approximation by averaging" (1992): descent is that of <see cref="Sgd"/>, and
    /// the averaging that of <see cref="PolyakAverage"/>, as in PyTorch's ASGD with lambd = 0 and t0 one less.
    /// </summary>
    public override AverageOptions Average => new PolyakAverageOptions { AfterSteps = AverageAfter, Patience = Patience };
}
