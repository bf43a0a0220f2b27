using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using RnnTrain.Cells;
using RnnTrain.Configuration;
using static TorchSharp.torch;

namespace RnnTrain.Training.Optimizers;

[Describe("Steps divided by a running root mean square of the gradient.")]
public sealed record RmsPropOptions : OptimizerOptions
{
    [Describe("How slowly the mean of the squared gradient forgets.")]
    [Bounds(0, 1, MaximumExcluded = true)]
    public double Alpha { get; init; } = 0.99;

    [Describe("Added to the denominator.")]
    [Bounds(0, MinimumExcluded = true)]
    public double Epsilon { get; init; } = 1e-8;

    [Describe("Share of the last step's direction that is kept.")]
    [Bounds(0, 1, MaximumExcluded = true)]
    public double Momentum { get; init; }

    [Describe("Divide by the deviation of the gradient from its running mean, rather than from zero (Graves 2013).")]
    public bool Centered { get; init; }

    [Describe("L2 penalty: this share of each weight is added to its gradient.")]
    [Bounds(0)]
    public double WeightDecay { get; init; }
}

/// <summary>
/// RMSProp (Tieleman and Hinton 2012; centered: Graves 2013), in PyTorch's form: <c>g ← c·g + λ·w;  v ← α·v + (1 − α)·g²;</c> centered
/// <c>m ← α·m + (1 − α)·g,</c> else m = 0; <c>d = g / (√(v − m²) + ε);</c> with momentum <c>b ← μ·b + d,</c> else b = d; <c>w ← w − η·b</c>.
/// </summary>
public sealed class RmsProp(RmsPropOptions options, IReadOnlyList<NamedParameter> parameters)
    : Optimizer(parameters, Buffers(options))
{
    private Rule rule;

    protected override double Penalty => options.WeightDecay;

    protected override void Prepare(double learningRate, double gradientScale) => rule = new Rule
    {
        Eta = (float)learningRate,
        C = (float)gradientScale,
        Lambda = (float)options.WeightDecay,
        Alpha = (float)options.Alpha,
        New = (float)(1 - options.Alpha),
        Mu = (float)options.Momentum,
        Epsilon = (float)options.Epsilon,
        Centered = options.Centered,
    };

    protected override void Update(in Stretch stretch) => stretch.Apply(rule);

    protected override Tensor Change(Tensor gradient, Tensor[] memory, double learningRate, Tensor isFinite)
    {
        var v = memory[0]; // [numbers]
        var fading = Fading(options.Alpha, isFinite); // []
        v.mul_(fading);
        v.addcmul_(gradient, gradient, 1 - options.Alpha);
        var variance = v; // [numbers]
        if (options.Centered)
        {
            var m = memory[^1]; // [numbers]
            m.mul_(fading).add_(gradient, 1 - options.Alpha);
            variance = v - m * m; // [numbers]
        }

        var d = gradient / (variance.sqrt() + options.Epsilon); // [numbers]
        if (options.Momentum == 0) return d * -learningRate; // [numbers]
        var b = memory[1]; // [numbers]
        b.mul_(Fading(options.Momentum, isFinite)).add_(d);
        return b * -learningRate; // [numbers]
    }

    private static IReadOnlyList<string> Buffers(RmsPropOptions options)
    {
        List<string> names = ["square_avg"];
        if (options.Momentum > 0) names.Add("momentum_buffer");
        if (options.Centered) names.Add("grad_avg");
        return names;
    }

    private struct Rule : IUpdateRule
    {
        public float Eta;
        public float C;
        public float Lambda;
        public float Alpha;
        public float New;
        public float Mu;
        public float Epsilon;
        public bool Centered;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly Vector512<float> Update(
            Vector512<float> w, Vector512<float> g, ref Vector512<float> first, ref Vector512<float> second, ref Vector512<float> third)
        {
            g = Vector512.FusedMultiplyAdd(Vector512.Create(Lambda), w, g * C);
            var v = first = Vector512.FusedMultiplyAdd(g * New, g, first * Alpha);
            if (Centered)
            {
                ref var mean = ref Mu != 0 ? ref third : ref second;
                mean = Vector512.FusedMultiplyAdd(Vector512.Create(New), g, mean * Alpha);
                v = Vector512.FusedMultiplyAdd(-mean, mean, v);
            }

            var d = g / (Vector512.Sqrt(v) + Vector512.Create(Epsilon));
            if (Mu != 0) d = second = Vector512.FusedMultiplyAdd(Vector512.Create(Mu), second, d);
            return Vector512.FusedMultiplyAdd(Vector512.Create(-Eta), d, w);
        }
    }
}
