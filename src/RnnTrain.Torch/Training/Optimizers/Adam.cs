using System.Runtime.Intrinsics;
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
    private readonly Tensor t; // [1], where the parameters are: steps taken
    private Factors factors;

    public Adam(IAdamOptions options, bool decoupled, IReadOnlyList<NamedParameter> parameters) : base(parameters, bufferCount: 2)
    {
        this.options = options;
        this.decoupled = decoupled;
        t = zeros(1, ScalarType.Int64, DeviceOf(parameters)).DetachFromDisposeScope(); // [1]
    }

    public override IReadOnlyList<(string Name, Tensor Tensor)> Memory =>
        [.. Named("exp_avg", 0), .. Named("exp_avg_sq", 1), ("step", t)];

    protected override double Penalty => decoupled ? 0 : options.WeightDecay;

    protected override double Shrinking => decoupled ? options.WeightDecay : 0;

    protected override void Count(Tensor? isFinite)
    {
        if (isFinite is null) t.add_(1);
        else t.add_(isFinite);
    }

    protected override void Prepare(double learningRate, double gradientScale)
    {
        var steps = t.item<long>();
        factors = new Factors
        {
            Scale = (float)gradientScale,
            Penalty = (float)Penalty,
            Kept = (float)(1 - learningRate * Shrinking),
            Beta1 = (float)options.Beta1,
            Beta2 = (float)options.Beta2,
            New1 = (float)(1 - options.Beta1),
            New2 = (float)(1 - options.Beta2),
            StepSize = (float)(learningRate / (1 - Math.Pow(options.Beta1, steps))),
            Correction = (float)(1 / Math.Sqrt(1 - Math.Pow(options.Beta2, steps))),
            Epsilon = (float)options.Epsilon,
        };
    }

    protected override unsafe void Update(in Stretch stretch)
    {
        var f = factors;
        var w = stretch.Values;
        var g = stretch.Gradient;
        var m = stretch.First;
        var v = stretch.Second;
        var i = 0;
        for (; i <= stretch.Count - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            var values = Vector512.Load(w + i);
            var gradient = Vector512.FusedMultiplyAdd(Vector512.Create(f.Penalty), values, Vector512.Load(g + i) * f.Scale);
            var mean = Vector512.FusedMultiplyAdd(Vector512.Create(f.New1), gradient, Vector512.Load(m + i) * f.Beta1);
            var square = Vector512.FusedMultiplyAdd(gradient * f.New2, gradient, Vector512.Load(v + i) * f.Beta2);
            mean.Store(m + i);
            square.Store(v + i);
            var denominator = Vector512.FusedMultiplyAdd(Vector512.Sqrt(square), Vector512.Create(f.Correction), Vector512.Create(f.Epsilon));
            (values * f.Kept - mean * f.StepSize / denominator).Store(w + i);
        }

        for (; i < stretch.Count; i++)
        {
            var gradient = MathF.FusedMultiplyAdd(f.Penalty, w[i], g[i] * f.Scale);
            m[i] = MathF.FusedMultiplyAdd(f.New1, gradient, m[i] * f.Beta1);
            v[i] = MathF.FusedMultiplyAdd(gradient * f.New2, gradient, v[i] * f.Beta2);
            w[i] = w[i] * f.Kept - m[i] * f.StepSize / MathF.FusedMultiplyAdd(MathF.Sqrt(v[i]), f.Correction, f.Epsilon);
        }
    }

    protected override Tensor Change(Tensor gradient, Tensor[] memory, double learningRate, Tensor isFinite)
    {
        var (m, v) = (memory[0], memory[1]); // [numbers] each
        m.mul_(Fading(options.Beta1, isFinite));
        m.add_(gradient, 1 - options.Beta1);
        v.mul_(Fading(options.Beta2, isFinite));
        v.addcmul_(gradient, gradient, 1 - options.Beta2);
        var denominator = v.sqrt(); // [numbers]
        denominator.div_(Distance(options.Beta2).sqrt());
        denominator.add_(options.Epsilon);
        var stepSize = -learningRate / Distance(options.Beta1); // []
        return m.div(denominator).mul_(stepSize); // [numbers]
    }

    /// <summary>1 − βᵗ, a scalar: how far the running mean has come from the zero it began with.</summary>
    private Tensor Distance(double beta)
    {
        var steps = t.to_type(ScalarType.Float64).squeeze(0); // [1] → []
        return 1 - (steps * Math.Log(beta)).exp(); // []
    }

    /// <summary>The numbers of one step, as the pass over memory needs them.</summary>
    private struct Factors
    {
        public float Scale;
        public float Penalty;
        public float Kept;
        public float Beta1;
        public float Beta2;
        public float New1;
        public float New2;
        public float StepSize;
        public float Correction;
        public float Epsilon;
    }
}
