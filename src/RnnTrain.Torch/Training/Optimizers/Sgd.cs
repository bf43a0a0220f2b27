using System.Runtime.Intrinsics;
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
public sealed class Sgd(SgdOptions options, IReadOnlyList<NamedParameter> parameters) : Optimizer(parameters, options.Momentum > 0 ? 1 : 0)
{
    private readonly float mu = (float)options.Momentum;
    private readonly float lambda = (float)options.WeightDecay;
    private float eta;
    private float c;

    public override IReadOnlyList<(string Name, Tensor Tensor)> Memory =>
        options.Momentum > 0 ? [.. Named("momentum_buffer", 0)] : [];

    protected override bool SkipsZeros => options.Momentum == 0 && options.WeightDecay == 0;

    protected override double Penalty => options.WeightDecay;

    protected override void Prepare(double learningRate, double gradientScale)
    {
        // without memory or decay one factor does for both
        (eta, c) = SkipsZeros ? ((float)(learningRate * gradientScale), 1) : ((float)learningRate, (float)gradientScale);
    }

    protected override unsafe void Update(in Stretch stretch)
    {
        if (SkipsZeros) Descend(stretch.Values, stretch.Gradient, stretch.Count);
        else if (options.Momentum == 0) DescendWithDecay(stretch.Values, stretch.Gradient, stretch.Count);
        else DescendWithMomentum(stretch.Values, stretch.Gradient, stretch.First, stretch.Count);
    }

    protected override Tensor Change(Tensor gradient, Tensor[] memory, double learningRate, Tensor isFinite)
    {
        if (options.Momentum == 0) return gradient * -learningRate; // [numbers]
        var b = memory[0]; // [numbers]
        b.mul_(Fading(options.Momentum, isFinite));
        b.add_(gradient);
        if (!options.Nesterov) return b * -learningRate; // [numbers]
        return (gradient + b * options.Momentum) * -learningRate; // [numbers]
    }

    private unsafe void Descend(float* w, float* g, int count)
    {
        var rate = Vector512.Create(-eta);
        var i = 0;
        for (; i <= count - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            Vector512.FusedMultiplyAdd(rate, Vector512.Load(g + i), Vector512.Load(w + i)).Store(w + i);
        }

        for (; i < count; i++) w[i] = MathF.FusedMultiplyAdd(-eta, g[i], w[i]);
    }

    private unsafe void DescendWithDecay(float* w, float* g, int count)
    {
        var (rate, scale, decay) = (Vector512.Create(-eta), Vector512.Create(c), Vector512.Create(lambda));
        var i = 0;
        for (; i <= count - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            var values = Vector512.Load(w + i);
            var direction = Vector512.FusedMultiplyAdd(decay, values, Vector512.Load(g + i) * scale);
            Vector512.FusedMultiplyAdd(rate, direction, values).Store(w + i);
        }

        for (; i < count; i++) w[i] = MathF.FusedMultiplyAdd(-eta, MathF.FusedMultiplyAdd(lambda, w[i], g[i] * c), w[i]);
    }

    private unsafe void DescendWithMomentum(float* w, float* g, float* b, int count)
    {
        var (rate, scale, decay, momentum) = (Vector512.Create(-eta), Vector512.Create(c), Vector512.Create(lambda), Vector512.Create(mu));
        var i = 0;
        for (; i <= count - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            var values = Vector512.Load(w + i);
            var gradient = Vector512.FusedMultiplyAdd(decay, values, Vector512.Load(g + i) * scale);
            var velocity = Vector512.FusedMultiplyAdd(momentum, Vector512.Load(b + i), gradient);
            velocity.Store(b + i);
            var direction = options.Nesterov ? Vector512.FusedMultiplyAdd(momentum, velocity, gradient) : velocity;
            Vector512.FusedMultiplyAdd(rate, direction, values).Store(w + i);
        }

        for (; i < count; i++)
        {
            var gradient = MathF.FusedMultiplyAdd(lambda, w[i], g[i] * c);
            b[i] = MathF.FusedMultiplyAdd(mu, b[i], gradient);
            w[i] = MathF.FusedMultiplyAdd(-eta, options.Nesterov ? MathF.FusedMultiplyAdd(mu, b[i], gradient) : b[i], w[i]);
        }
    }
}
