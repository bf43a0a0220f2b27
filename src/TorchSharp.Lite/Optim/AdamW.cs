using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>
/// <see cref="Adam"/> with decay apart from the gradient, θ ← θ − η λ θ (Loshchilov and Hutter, 2019).
/// </summary>
public class AdamW : OptimizerHelper, IBetas
{
    /// <summary>For parameters that share all options.</summary>
    public AdamW(
        IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
        double weight_decay = 0, bool amsgrad = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize) { }

    /// <summary>For groups of parameters; what a group leaves open is given here.</summary>
    public AdamW(
        IEnumerable<ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
        double weight_decay = 0, bool amsgrad = false, bool maximize = false)
    {
        RequireNotNegative(eps, nameof(eps));
        RequireBetween(beta1, 0, 1, nameof(beta1));
        RequireBetween(beta2, 0, 1, nameof(beta2));
        RequireNotNegative(weight_decay, nameof(weight_decay));
        var given = new Options
        {
            beta1 = beta1,
            beta2 = beta2,
            eps = eps,
            weight_decay = weight_decay,
            amsgrad = amsgrad,
            maximize = maximize,
        };
        Start(given, lr, parameters);
    }

    /// <summary>How much of the averages of gradients and of their squares a step of a new group keeps.</summary>
    public (double, double) Betas
    {
        get => (((Options)_defaults).beta1!.Value, ((Options)_defaults).beta2!.Value);
        set => (((Options)_defaults).beta1, ((Options)_defaults).beta2) = value;
    }

    /// <summary>Changes every parameter that has a gradient.</summary>
    public override Tensor? step(Func<Tensor>? closure = null) => Step<Options, State>(closure, Update);

    private static void Update(Options options, Batch<State> batch)
    {
        foreach (var state in batch.States) state.step++;
        var (beta1, beta2) = (options.beta1!.Value, options.beta2!.Value);
        var correction1 = 1 - Math.Pow(beta1, batch.States[0].step);
        var correction2 = Math.Sqrt(1 - Math.Pow(beta2, batch.States[0].step));
        var learningRate = options.LearningRate!.Value;
        var gradients = options.maximize!.Value ? Foreach.Negative(batch.Gradients) : batch.Gradients;
        if (options.weight_decay is > 0 and var decay) Foreach.Multiply_(batch.Parameters, 1 - learningRate * decay);
        var means = batch.Each(state => state.exp_avg);
        var squares = batch.Each(state => state.exp_avg_sq);
        Foreach.Average_(means, gradients, beta1);
        Foreach.AverageOfSquares_(squares, gradients, beta2);
        if (options.amsgrad!.Value)
        {
            var largest = batch.Each(state => state.max_exp_avg_sq!);
            Foreach.Maximum_(largest, squares);
            squares = largest;
        }
        // m / c₁ / (√v / c₂ + ε), with c₂ taken out of the denominator to spare a pass over it.
        var denominators = Foreach.Sqrt(squares);
        Foreach.Add_(denominators, options.eps!.Value * correction2);
        Foreach.AddQuotientOf_(batch.Parameters, means, denominators, -learningRate * correction2 / correction1);
    }

    private protected override OptimizerOptions NewOptions() => new Options();

    private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

    /// <summary>What is remembered of one parameter.</summary>
    public sealed class State : OptimizerState, IDisposable
    {
        /// <summary>How many steps there were.</summary>
        public long step;

        /// <summary>m.</summary>
        public Tensor exp_avg = null!;

        /// <summary>v.</summary>
        public Tensor exp_avg_sq = null!;

        /// <summary>The largest v so far, with amsgrad.</summary>
        public Tensor? max_exp_avg_sq;

        /// <summary>Starts the state of a parameter.</summary>
        public State(Parameter parameter) : base(parameter) { }

        internal override Tensor?[] Tensors
        {
            get => [exp_avg, exp_avg_sq, max_exp_avg_sq];
            set => (exp_avg, exp_avg_sq, max_exp_avg_sq) = (value[0]!, value[1]!, value[2]);
        }

        internal override double[] Numbers
        {
            get => [step];
            set => step = (long)value[0];
        }

        internal override long Steps => step;

        /// <summary>Puts the state at its beginning.</summary>
        public override void Initialize(OptimizerOptions options)
        {
            Free();
            step = 0;
            exp_avg = Zeros();
            exp_avg_sq = Zeros();
            max_exp_avg_sq = ((Options)options).amsgrad is true ? Zeros() : null;
        }

        /// <summary>Disposes the tensors.</summary>
        public void Dispose() => Free();
    }

    /// <summary>The options of one group; null takes what was given to the optimizer.</summary>
    public class Options : OptimizerOptions
    {
        /// <summary>How much of the average of gradients a step keeps.</summary>
        public double? beta1;

        /// <summary>How much of the average of squares a step keeps.</summary>
        public double? beta2;

        /// <summary>What is added to the denominator.</summary>
        public double? eps;

        /// <summary>λ.</summary>
        public double? weight_decay;

        /// <summary>Whether v never shrinks (Reddi, Kale and Kumar, 2018).</summary>
        public bool? amsgrad;

        /// <summary>Whether to climb instead of to descend.</summary>
        public bool? maximize;

        /// <summary>Takes over the options of another group.</summary>
        public override void LoadStateDict(OptimizerOptions source)
        {
            base.LoadStateDict(source);
            var from = (Options)source;
            beta1 = from.beta1;
            beta2 = from.beta2;
            eps = from.eps;
            weight_decay = from.weight_decay;
            amsgrad = from.amsgrad;
            maximize = from.maximize;
        }

        internal override void Complete(OptimizerOptions given)
        {
            base.Complete(given);
            var from = (Options)given;
            beta1 ??= from.beta1;
            beta2 ??= from.beta2;
            eps ??= from.eps;
            weight_decay ??= from.weight_decay;
            amsgrad ??= from.amsgrad;
            maximize ??= from.maximize;
        }
    }

    /// <summary>Parameters that share options.</summary>
    public class ParamGroup : ParamGroup<Options>, IBetas
    {
        /// <summary>Empty.</summary>
        public ParamGroup() { }

        /// <summary>Of these parameters.</summary>
        public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options) { }

        /// <summary>Of these parameters with all options given.</summary>
        public ParamGroup(
            IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
            double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            : base(
                parameters,
                new Options
                {
                    LearningRate = lr,
                    beta1 = beta1,
                    beta2 = beta2,
                    eps = eps,
                    weight_decay = weight_decay,
                    amsgrad = amsgrad,
                    maximize = maximize,
                })
        { }

        /// <summary>How much of the averages of gradients and of their squares a step keeps.</summary>
        public (double, double) Betas
        {
            get => (Options.beta1!.Value, Options.beta2!.Value);
            set => (Options.beta1, Options.beta2) = value;
        }
    }
}
