using RnnTrain.Cells;
using RnnTrain.Configuration;
using static TorchSharp.torch;

namespace RnnTrain.Training.Optimizers;

[Describe("Stochastic gradient descent, with momentum and Nesterov's variant.")]
public sealed record SgdOptions : OptimizerOptions
{
    [Describe("Share of the last step's direction that is kept; 0 is plain gradient descent.")]
    [Bounds(0, 1, MaximumExcluded = true)]
    public double Momentum { get; init; }

    [Describe("Nesterov's accelerated gradient; needs momentum.")]
    public bool Nesterov { get; init; }

    [Describe("L2 penalty: this share of each weight is added to its gradient.")]
    [Bounds(0)]
    public double WeightDecay { get; init; }
}

/// <summary>
/// Stochastic gradient descent with momentum (Sutskever et al. 2013, in PyTorch's form):
/// <c>g ← c·g + λ·w;  b ← μ·b + g;  w ← w − η·(g + μ·b</c> with Nesterov, else <c>b)</c>, where c is the gradient scale, λ the weight
/// decay, μ the momentum, η the learning rate and b starts at zero.
/// </summary>
public sealed class Sgd(SgdOptions options, IReadOnlyList<NamedParameter> parameters) : Optimizer(parameters)
{
    private Tensor[]? velocity;

    public override int BuffersPerParameter => options.Momentum > 0 ? 1 : 0;

    public override IReadOnlyList<(string Name, Tensor Tensor)> Memory =>
        options.Momentum > 0 ? [.. Named("momentum_buffer", Velocity)] : [];

    private Tensor[] Velocity => velocity ??= Zeros();

    public override void Step(double learningRate, double gradientScale)
    {
        using var frozen = no_grad();
        for (var i = 0; i < Parameters.Count; i++)
        {
            var w = Parameters[i].Parameter; // [any]
            using var g = w.grad; // [any]
            if (g is null) continue;
            if (options.WeightDecay == 0 && options.Momentum == 0)
            {
                w.add_(g, -learningRate * gradientScale); // clipping costs no pass of its own
                continue;
            }
            if (gradientScale != 1) g.mul_(gradientScale);
            if (options.WeightDecay != 0)
            {
                g.add_(w, options.WeightDecay);
                Parameters[i].Rows?.MarkWhole();
            }

            if (options.Momentum == 0)
            {
                w.add_(g, -learningRate);
                continue;
            }
            var b = Velocity[i];
            b.mul_(options.Momentum);
            b.add_(g);
            if (options.Nesterov) w.add_(g, -learningRate);
            w.add_(b, options.Nesterov ? -learningRate * options.Momentum : -learningRate);
        }
    }
}
