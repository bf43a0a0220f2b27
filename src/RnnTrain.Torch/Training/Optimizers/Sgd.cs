using System.Runtime.CompilerServices;
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
public sealed class Sgd(SgdOptions options, IReadOnlyList<NamedParameter> parameters)
    : Optimizer(parameters, options.Momentum > 0 ? ["momentum_buffer"] : [])
{
    private Rule rule;

    protected override bool SkipsZeros => options.Momentum == 0 && options.WeightDecay == 0;

    protected override double Penalty => options.WeightDecay;

    protected override void Prepare(double learningRate, double gradientScale) => rule = new Rule
    {
        // without memory or decay one factor does for both
        Eta = (float)(SkipsZeros ? learningRate * gradientScale : learningRate),
        C = SkipsZeros ? 1 : (float)gradientScale,
        Lambda = (float)options.WeightDecay,
        Mu = (float)options.Momentum,
        Nesterov = options.Nesterov,
    };

    protected override void Update(in Stretch stretch) => stretch.Apply(rule);

    protected override Tensor Change(Tensor gradient, Tensor[] memory, double learningRate, Tensor isFinite)
    {
        if (options.Momentum == 0) return gradient * -learningRate; // [numbers]
        var b = memory[0]; // [numbers]
        b.mul_(Fading(options.Momentum, isFinite));
        b.add_(gradient);
        if (!options.Nesterov) return b * -learningRate; // [numbers]
        return (gradient + b * options.Momentum) * -learningRate; // [numbers]
    }

    private struct Rule : IUpdateRule
    {
        public float Eta;
        public float C;
        public float Lambda;
        public float Mu;
        public bool Nesterov;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly Vector512<float> Update(
            Vector512<float> w, Vector512<float> g, ref Vector512<float> first, ref Vector512<float> second, ref Vector512<float> third)
        {
            g = Vector512.FusedMultiplyAdd(Vector512.Create(Lambda), w, g * C);
            var direction = g;
            if (Mu != 0)
            {
                var b = first = Vector512.FusedMultiplyAdd(Vector512.Create(Mu), first, g);
                direction = Nesterov ? Vector512.FusedMultiplyAdd(Vector512.Create(Mu), b, g) : b;
            }

            return Vector512.FusedMultiplyAdd(Vector512.Create(-Eta), direction, w);
        }
    }
}
