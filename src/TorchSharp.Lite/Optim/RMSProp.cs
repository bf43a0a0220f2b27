using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>
/// Hinton's RMSprop: v ← α v + (1 − α) g², θ ← θ − η g / (√v + ε); centered, v is the variance; with momentum, the step is averaged.
/// </summary>
public class RMSProp : OptimizerHelper, IMomentum
{
    /// <summary>For parameters that share all options.</summary>
    public RMSProp(
        IEnumerable<Parameter> parameters, double lr = 1e-3, double alpha = 0.99, double eps = 1e-8, double weight_decay = 0,
        double momentum = 0, bool centered = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, alpha, eps, weight_decay, momentum, centered, maximize) { }

    /// <summary>For groups of parameters; what a group leaves open is given here.</summary>
    public RMSProp(
        IEnumerable<ParamGroup> parameters, double lr = 1e-3, double alpha = 0.99, double eps = 1e-8, double weight_decay = 0,
        double momentum = 0, bool centered = false, bool maximize = false)
    {
        RequireNotNegative(alpha, nameof(alpha));
        RequireNotNegative(eps, nameof(eps));
        RequireNotNegative(momentum, nameof(momentum));
        RequireNotNegative(weight_decay, nameof(weight_decay));
        var given = new Options
        {
            alpha = alpha,
            eps = eps,
            weight_decay = weight_decay,
            momentum = momentum,
            centered = centered,
            maximize = maximize,
        };
        Start(given, lr, parameters);
    }

    /// <summary>The momentum of a new group.</summary>
    public double Momentum
    {
        get => ((Options)_defaults).momentum!.Value;
        set => ((Options)_defaults).momentum = value;
    }

    /// <summary>Changes every parameter that has a gradient.</summary>
    public override Tensor? step(Func<Tensor>? closure = null) => Step<Options, State>(closure, Update);

    private static void Update(Options options, Batch<State> batch)
    {
        foreach (var state in batch.States) state.step++;
        var gradients = options.maximize!.Value ? Foreach.Negative(batch.Gradients) : batch.Gradients;
        if (options.weight_decay is > 0 and var decay) gradients = Foreach.Add(gradients, batch.Parameters, decay);
        var alpha = options.alpha!.Value;
        var squares = batch.Each(state => state.square_avg);
        Foreach.AverageOfSquares_(squares, gradients, alpha);
        var denominators = options.centered!.Value ? Centered(squares, gradients, alpha, batch) : Foreach.Sqrt(squares);
        Foreach.Add_(denominators, options.eps!.Value);
        var learningRate = options.LearningRate!.Value;
        if (options.momentum is not > 0)
        {
            Foreach.AddQuotientOf_(batch.Parameters, gradients, denominators, -learningRate);
            return;
        }
        var buffers = batch.Each(state => state.momentum_buffer ??= state.Zeros());
        Foreach.Multiply_(buffers, options.momentum!.Value);
        Foreach.AddQuotientOf_(buffers, gradients, denominators, 1);
        Foreach.Add_(batch.Parameters, buffers, -learningRate);
    }

    private static Tensor[] Centered(Tensor[] squares, Tensor[] gradients, double alpha, Batch<State> batch)
    {
        var means = batch.Each(state => state.grad_avg ??= state.Zeros());
        Foreach.Average_(means, gradients, alpha);
        var variances = Foreach.AddProductOf(squares, means, means, -1);
        Foreach.Sqrt_(variances);
        return variances;
    }

    private protected override OptimizerOptions NewOptions() => new Options();

    private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

    /// <summary>What is remembered of one parameter.</summary>
    public sealed class State : OptimizerState, IDisposable
    {
        /// <summary>How many steps there were.</summary>
        public long step;

        /// <summary>v.</summary>
        public Tensor square_avg = null!;

        /// <summary>The averaged step, with momentum.</summary>
        public Tensor? momentum_buffer;

        /// <summary>The mean gradient, when centered.</summary>
        public Tensor? grad_avg;

        /// <summary>Starts the state of a parameter.</summary>
        public State(Parameter parameter) : base(parameter) { }

        internal override Tensor?[] Tensors
        {
            get => [square_avg, momentum_buffer, grad_avg];
            set => (square_avg, momentum_buffer, grad_avg) = (value[0]!, value[1], value[2]);
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
            var given = (Options)options;
            step = 0;
            square_avg = Zeros();
            momentum_buffer = given.momentum is > 0 ? Zeros() : null;
            grad_avg = given.centered is true ? Zeros() : null;
        }

        /// <summary>Disposes the tensors.</summary>
        public void Dispose() => Free();
    }

    /// <summary>The options of one group; null takes what was given to the optimizer.</summary>
    public class Options : OptimizerOptions
    {
        /// <summary>How much of v a step keeps.</summary>
        public double? alpha;

        /// <summary>What is added to the denominator.</summary>
        public double? eps;

        /// <summary>The weight of the parameter itself in its gradient.</summary>
        public double? weight_decay;

        /// <summary>How much of the last change a step keeps.</summary>
        public double? momentum;

        /// <summary>Whether the square of the mean gradient is taken off.</summary>
        public bool? centered;

        /// <summary>Whether to climb instead of to descend.</summary>
        public bool? maximize;

        /// <summary>Takes over the options of another group.</summary>
        public override void LoadStateDict(OptimizerOptions source)
        {
            base.LoadStateDict(source);
            var from = (Options)source;
            alpha = from.alpha;
            eps = from.eps;
            weight_decay = from.weight_decay;
            momentum = from.momentum;
            centered = from.centered;
            maximize = from.maximize;
        }

        internal override void Complete(OptimizerOptions given)
        {
            base.Complete(given);
            var from = (Options)given;
            alpha ??= from.alpha;
            eps ??= from.eps;
            weight_decay ??= from.weight_decay;
            momentum ??= from.momentum;
            centered ??= from.centered;
            maximize ??= from.maximize;
        }
    }

    /// <summary>Parameters that share options.</summary>
    public class ParamGroup : ParamGroup<Options>, IMomentum
    {
        /// <summary>Empty.</summary>
        public ParamGroup() { }

        /// <summary>Of these parameters.</summary>
        public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options) { }

        /// <summary>Of these parameters with all options given.</summary>
        public ParamGroup(
            IEnumerable<Parameter> parameters, double lr = 1e-3, double eps = 1e-8, double alpha = 0.99, double weight_decay = 0,
            double momentum = 0, bool centered = false)
            : base(
                parameters,
                new Options
                {
                    LearningRate = lr,
                    eps = eps,
                    alpha = alpha,
                    weight_decay = weight_decay,
                    momentum = momentum,
                    centered = centered,
                })
        { }

        /// <summary>The momentum of the next step.</summary>
        public double Momentum
        {
            get => Options.momentum!.Value;
            set => Options.momentum = value;
        }
    }
}
