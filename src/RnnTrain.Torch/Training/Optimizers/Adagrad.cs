using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using RnnTrain.Cells;
using RnnTrain.Configuration;
using static TorchSharp.torch;

namespace RnnTrain.Training.Optimizers;

[Describe("Steps divided by the root of the sum of all squared gradients so far: rare directions keep long steps.")]
public sealed record AdagradOptions : OptimizerOptions
{
    [Describe("The learning rate is divided by 1 plus this times the steps before.")]
    [Bounds(0)]
    public double LearningRateDecay { get; init; }

    [Describe("What the sums of squares begin with.")]
    [Bounds(0)]
    public double InitialAccumulator { get; init; }

    [Describe("Added to the denominator.")]
    [Bounds(0, MinimumExcluded = true)]
    public double Epsilon { get; init; } = 1e-10;

    [Describe("L2 penalty: this share of each weight is added to its gradient.")]
    [Bounds(0)]
    public double WeightDecay { get; init; }
}

/// <summary>
/// Duchi, Hazan and Singer, "Adaptive subgradient methods" (2011), in PyTorch's form: <c>g ← c·g + λ·w;  s ← s + g²;
/// w ← w − η/(1 + (t − 1)·δ) · g / (√s + ε)</c>, where s starts at the initial accumulator.
/// </summary>
public sealed class Adagrad : Optimizer
{
    private readonly AdagradOptions options;
    private Rule rule;

    public Adagrad(AdagradOptions options, IReadOnlyList<NamedParameter> parameters)
        : base(parameters, ["sum"], countsSteps: true)
    {
        this.options = options;
        Fill(0, options.InitialAccumulator);
    }

    // a gradient of zero adds nothing to the sum, and the weight stays
    protected override bool SkipsZeros => options.WeightDecay == 0;

    protected override double Penalty => options.WeightDecay;

    protected override void Prepare(double learningRate, double gradientScale)
    {
        using var scope = NewDisposeScope();
        rule = new Rule
        {
            Eta = (float)(learningRate * Decay().item<double>()),
            C = (float)gradientScale,
            Lambda = (float)options.WeightDecay,
            Epsilon = (float)options.Epsilon,
        };
    }

    protected override void Update(in Stretch stretch) => stretch.Apply(rule);

    protected override Tensor Change(Tensor gradient, Tensor[] memory, double learningRate, Tensor isFinite)
    {
        var s = memory[0]; // [numbers]
        s.addcmul_(gradient, gradient, 1);
        return (gradient / (s.sqrt() + options.Epsilon)).mul_(Decay() * -learningRate); // [numbers]
    }

    private Tensor Decay() => 1 / (1 + (Steps - 1) * options.LearningRateDecay); // []

    private struct Rule : IUpdateRule
    {
        public float Eta;
        public float C;
        public float Lambda;
        public float Epsilon;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly Vector512<float> Update(
            Vector512<float> w, Vector512<float> g, ref Vector512<float> first, ref Vector512<float> second, ref Vector512<float> third)
        {
            g = Vector512.FusedMultiplyAdd(Vector512.Create(Lambda), w, g * C);
            var s = first = Vector512.FusedMultiplyAdd(g, g, first);
            return Vector512.FusedMultiplyAdd(Vector512.Create(-Eta), g / (Vector512.Sqrt(s) + Vector512.Create(Epsilon)), w);
        }
    }
}
