using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using RnnTrain.Cells;
using RnnTrain.Configuration;
using static TorchSharp.torch;

namespace RnnTrain.Training.Optimizers;

[Describe("Steps as long as earlier ones were for such gradients; a learning rate of 1 is the published rule.")]
public sealed record AdadeltaOptions : OptimizerOptions
{
    [Describe("How slowly the means of squared gradients and squared steps forget.")]
    [Bounds(0, 1, MaximumExcluded = true)]
    public double Rho { get; init; } = 0.9;

    [Describe("Added under both roots; it decides how long the first steps are.")]
    [Bounds(0, MinimumExcluded = true)]
    public double Epsilon { get; init; } = 1e-6;

    [Describe("L2 penalty: this share of each weight is added to its gradient.")]
    [Bounds(0)]
    public double WeightDecay { get; init; }
}

/// <summary>
/// Zeiler, "ADADELTA: an adaptive learning rate method" (2012): <c>g ← c·g + λ·w;  v ← ρ·v + (1 − ρ)·g²;  d = √(u + ε)/√(v + ε) · g;
/// u ← ρ·u + (1 − ρ)·d²;  w ← w − η·d</c>.
/// </summary>
public sealed class Adadelta(AdadeltaOptions options, IReadOnlyList<NamedParameter> parameters)
    : Optimizer(parameters, ["square_avg", "acc_delta"])
{
    private Rule rule;

    protected override double Penalty => options.WeightDecay;

    protected override void Prepare(double learningRate, double gradientScale) => rule = new Rule
    {
        Eta = (float)learningRate,
        C = (float)gradientScale,
        Lambda = (float)options.WeightDecay,
        Rho = (float)options.Rho,
        New = (float)(1 - options.Rho),
        Epsilon = (float)options.Epsilon,
    };

    protected override void Update(in Stretch stretch) => stretch.Apply(rule);

    protected override Tensor Change(Tensor gradient, Tensor[] memory, double learningRate, Tensor isFinite)
    {
        var (v, u) = (memory[0], memory[1]); // [numbers] each
        var fading = Fading(options.Rho, isFinite); // []
        v.mul_(fading);
        v.addcmul_(gradient, gradient, 1 - options.Rho);
        var d = (u + options.Epsilon).div_(v + options.Epsilon).sqrt_().mul_(gradient); // [numbers]
        u.mul_(fading);
        u.addcmul_(d, d, 1 - options.Rho);
        return d * -learningRate; // [numbers]
    }

    private struct Rule : IUpdateRule
    {
        public float Eta;
        public float C;
        public float Lambda;
        public float Rho;
        public float New;
        public float Epsilon;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly Vector512<float> Update(
            Vector512<float> w, Vector512<float> g, ref Vector512<float> first, ref Vector512<float> second, ref Vector512<float> third)
        {
            g = Vector512.FusedMultiplyAdd(Vector512.Create(Lambda), w, g * C);
            var v = first = Vector512.FusedMultiplyAdd(g * New, g, first * Rho);
            var d = Vector512.Sqrt((second + Vector512.Create(Epsilon)) / (v + Vector512.Create(Epsilon))) * g;
            second = Vector512.FusedMultiplyAdd(d * New, d, second * Rho);
            return Vector512.FusedMultiplyAdd(Vector512.Create(-Eta), d, w);
        }
    }
}
