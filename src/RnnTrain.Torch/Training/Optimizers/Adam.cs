using RnnTrain.Cells;
using RnnTrain.Configuration;
using static TorchSharp.torch;

namespace RnnTrain.Training.Optimizers;

[Describe("Adam: steps scaled by running means of the gradient and of its square; weight decay as an L2 penalty.")]
public sealed record AdamOptions : OptimizerOptions, IAdamOptions
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

    [Describe("L2 penalty: this share of each weight is added to its gradient.")]
    [Bounds(0)]
    public double WeightDecay { get; init; }
}

[Describe("Adam with decoupled weight decay.")]
public sealed record AdamWOptions : OptimizerOptions, IAdamOptions
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

    [Describe("Each step shrinks every weight by this share times the learning rate.")]
    [Bounds(0)]
    public double WeightDecay { get; init; } = 0.01;
}

/// <summary>What Adam and AdamW have in common.</summary>
public interface IAdamOptions
{
    double Beta1 { get; }

    double Beta2 { get; }

    double Epsilon { get; }

    double WeightDecay { get; }
}

/// <summary>
/// Adam (Kingma and Ba 2015) and, decoupled, AdamW (Loshchilov and Hutter 2019). With c the gradient scale and λ the weight decay:
/// <c>g ← c·g</c> (Adam: <c>+ λ·w</c>; AdamW: <c>w ← w − η·λ·w</c> first);
/// <c>m ← β₁·m + (1 − β₁)·g;  v ← β₂·v + (1 − β₂)·g²;  w ← w − η/(1 − β₁ᵗ) · m / (√v/√(1 − β₂ᵗ) + ε)</c>.
/// </summary>
public sealed class Adam : Optimizer
{
    private readonly IAdamOptions options;
    private readonly bool decoupled;
    private readonly Tensor[] m;
    private readonly Tensor[] v;
    private readonly Tensor t; // [1], on the CPU: steps taken

    public Adam(IAdamOptions options, bool decoupled, IReadOnlyList<NamedParameter> parameters) : base(parameters)
    {
        this.options = options;
        this.decoupled = decoupled;
        m = Zeros();
        v = Zeros();
        t = zeros(1, ScalarType.Int64).DetachFromDisposeScope(); // [1]
    }

    public override int BuffersPerParameter => 2;

    public override IReadOnlyList<(string Name, Tensor Tensor)> Memory =>
        [.. Named("exp_avg", m), .. Named("exp_avg_sq", v), ("step", t)];

    public override void Step(double learningRate, double gradientScale)
    {
        using var frozen = no_grad();
        t.add_(1);
        var steps = t.item<long>();
        var stepSize = learningRate / (1 - Math.Pow(options.Beta1, steps));
        var correction = Math.Sqrt(1 - Math.Pow(options.Beta2, steps));
        for (var i = 0; i < Parameters.Count; i++)
        {
            var w = Parameters[i].Parameter; // [any]
            using var g = w.grad; // [any]
            if (g is null) continue;
            if (gradientScale != 1) g.mul_(gradientScale);
            if (options.WeightDecay != 0)
            {
                if (decoupled)
                {
                    w.mul_(1 - learningRate * options.WeightDecay);
                }
                else
                {
                    g.add_(w, options.WeightDecay);
                    Parameters[i].Rows?.MarkWhole();
                }
            }
            m[i].mul_(options.Beta1);
            m[i].add_(g, 1 - options.Beta1);
            v[i].mul_(options.Beta2);
            v[i].addcmul_(g, g, 1 - options.Beta2);
            using var denominator = v[i].sqrt(); // [any]
            denominator.div_(correction);
            denominator.add_(options.Epsilon);
            w.addcdiv_(m[i], denominator, -stepSize);
        }
    }
}
