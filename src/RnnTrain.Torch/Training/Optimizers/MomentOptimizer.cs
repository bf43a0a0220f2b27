using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using RnnTrain.Cells;
using static TorchSharp.torch;

namespace RnnTrain.Training.Optimizers;

/// <summary>
/// Adam's family: steps made of running means of the gradient and of its square. With c the gradient scale, λ the weight decay and η the
/// learning rate: <c>g ← c·g + λ·w</c> (decoupled: <c>w ← w − η·λ·w</c> instead);
/// <c>m ← β₁·m + (1 − β₁)·g;  v ← β₂·v + (1 − β₂)·g²;  w ← w − η·(γ·g + μ·m) / (ρ·√v + ε)</c>, where the member says what γ, μ, ρ and ε
/// are in step t.
/// </summary>
public sealed class MomentOptimizer(MomentOptions options, IMomentRule member, IReadOnlyList<NamedParameter> parameters)
    : Optimizer(parameters, ["exp_avg", "exp_avg_sq"], countsSteps: true)
{
    private Rule rule;

    public override IReadOnlyList<(string Name, Tensor Tensor)> Memory => [.. base.Memory, .. member.Memory];

    protected override double Penalty => member.Penalty;

    protected override double Shrinking => member.Shrinking;

    protected override void Count(Tensor? isFinite)
    {
        using var scope = NewDisposeScope();
        base.Count(isFinite);
        member.Count(Steps, isFinite);
    }

    protected override void Prepare(double learningRate, double gradientScale)
    {
        using var scope = NewDisposeScope();
        var factors = member.At(Steps);
        rule = new Rule
        {
            Scale = (float)gradientScale,
            Penalty = (float)Penalty,
            Kept = (float)(1 - learningRate * Shrinking),
            Beta1 = (float)options.Beta1,
            Beta2 = (float)options.Beta2,
            New1 = (float)(1 - options.Beta1),
            New2 = (float)(1 - options.Beta2),
            Mean = (float)(learningRate * factors.Mean.item<double>()),
            Gradient = (float)(learningRate * factors.Gradient?.item<double>() ?? 0),
            Root = (float)factors.Root.item<double>(),
            Epsilon = (float)factors.Epsilon.item<double>(),
        };
    }

    protected override void Update(in Stretch stretch) => stretch.Apply(rule);

    protected override Tensor Change(Tensor gradient, Tensor[] memory, double learningRate, Tensor isFinite)
    {
        var (m, v) = (memory[0], memory[1]); // [numbers] each
        m.mul_(Fading(options.Beta1, isFinite));
        m.add_(gradient, 1 - options.Beta1);
        v.mul_(Fading(options.Beta2, isFinite));
        v.addcmul_(gradient, gradient, 1 - options.Beta2);
        var factors = member.At(Steps);
        var denominator = v.sqrt().mul_(factors.Root).add_(factors.Epsilon); // [numbers]
        var change = m * factors.Mean; // [numbers]
        if (factors.Gradient is { } gamma) change.add_(gradient * gamma);
        return change.div_(denominator).mul_(-learningRate); // [numbers]
    }

    /// <summary>The numbers of one step, as the pass over memory needs them.</summary>
    private struct Rule : IUpdateRule
    {
        public float Scale;
        public float Penalty;
        public float Kept;
        public float Beta1;
        public float Beta2;
        public float New1;
        public float New2;
        public float Mean;
        public float Gradient;
        public float Root;
        public float Epsilon;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly Vector512<float> Update(
            Vector512<float> w, Vector512<float> g, ref Vector512<float> first, ref Vector512<float> second, ref Vector512<float> third)
        {
            g = Vector512.FusedMultiplyAdd(Vector512.Create(Penalty), w, g * Scale);
            var m = first = Vector512.FusedMultiplyAdd(Vector512.Create(New1), g, first * Beta1);
            var v = second = Vector512.FusedMultiplyAdd(g * New2, g, second * Beta2);
            var denominator = Vector512.FusedMultiplyAdd(Vector512.Sqrt(v), Vector512.Create(Root), Vector512.Create(Epsilon));
            var step = Vector512.FusedMultiplyAdd(Vector512.Create(Gradient), g, m * Mean);
            return w * Kept - step / denominator;
        }
    }
}
