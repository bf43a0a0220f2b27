using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// Averaged stochastic gradient descent (Polyak and Juditsky, 1992): θ ← (1 − λ η) θ − η g with η = lr / (1 + λ lr t)^α, and the mean of θ
/// over the steps after t₀ in the state.
/// </summary>
public class ASGD : OptimizerHelper
{
    /// <summary>For parameters that share all options.</summary>
    public ASGD(
        IEnumerable<Parameter> parameters, double lr = 1e-2, double lambd = 1e-4, double alpha = 0.75, double t0 = 1e6,
        double weight_decay = 0, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, lambd, alpha, t0, weight_decay, maximize) { }

    /// <summary>For groups of parameters; what a group leaves open is given here.</summary>
    public ASGD(
        IEnumerable<ParamGroup<ASGD.Options>> parameters, double lr = 1e-2, double lambd = 1e-4, double alpha = 0.75, double t0 = 1e6,
        double weight_decay = 0, bool maximize = false)
    {
        RequireNotNegative(weight_decay, nameof(weight_decay));
        Start(new Options { lambd = lambd, alpha = alpha, t0 = t0, weight_decay = weight_decay, maximize = maximize }, lr, parameters);
    }

    /// <summary>Changes every parameter that has a gradient.</summary>
    public override Tensor? step(Func<Tensor>? closure = null) => Step<Options, State>(closure, Update);

    private static void Update(Options options, Batch<State> batch)
    {
        var first = batch.States[0];
        var gradients = options.maximize!.Value ? Foreach.Negative(batch.Gradients) : batch.Gradients;
        if (options.weight_decay is > 0 and var decay) gradients = Foreach.Add(gradients, batch.Parameters, decay);
        var (eta, mu, lambda, learningRate) = (first.eta, first.mu, options.lambd!.Value, options.LearningRate!.Value);
        Foreach.Multiply_(batch.Parameters, 1 - lambda * eta);
        Foreach.Add_(batch.Parameters, gradients, -eta);
        // ax ← ax + μ (θ − ax)
        var means = batch.Each(state => state.ax);
        Foreach.Multiply_(means, 1 - mu);
        Foreach.Add_(means, batch.Parameters, mu);
        foreach (var state in batch.States)
        {
            state.step++;
            state.eta = learningRate / Math.Pow(1 + lambda * learningRate * state.step, options.alpha!.Value);
            state.mu = 1 / Math.Max(1, state.step - options.t0!.Value);
        }
    }

    private protected override OptimizerOptions NewOptions() => new Options();

    private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

    /// <summary>What is remembered of one parameter.</summary>
    public sealed class State : OptimizerState, IDisposable
    {
        /// <summary>How many steps there were.</summary>
        public long step;

        /// <summary>η.</summary>
        public double eta;

        /// <summary>The weight of the newest θ in the mean.</summary>
        public double mu;

        /// <summary>The mean of θ.</summary>
        public Tensor ax = null!;

        /// <summary>Starts the state of a parameter.</summary>
        public State(Parameter parameter) : base(parameter) { }

        internal override Tensor?[] Tensors
        {
            get => [ax];
            set => ax = value[0]!;
        }

        internal override double[] Numbers
        {
            get => [step, eta, mu];
            set => (step, eta, mu) = ((long)value[0], value[1], value[2]);
        }

        internal override long Steps => step;

        /// <summary>Puts the state at its beginning.</summary>
        public override void Initialize(OptimizerOptions options)
        {
            Free();
            step = 0;
            eta = options.LearningRate!.Value;
            mu = 1;
            ax = Zeros();
        }

        /// <summary>Disposes the tensors.</summary>
        public void Dispose() => Free();
    }

    /// <summary>The options of one group; null takes what was given to the optimizer.</summary>
    public class Options : OptimizerOptions
    {
        /// <summary>α.</summary>
        public double? alpha;

        /// <summary>λ.</summary>
        public double? lambd;

        /// <summary>t₀.</summary>
        public double? t0;

        /// <summary>The weight of the parameter itself in its gradient.</summary>
        public double? weight_decay;

        /// <summary>Whether to climb instead of to descend.</summary>
        public bool? maximize;

        /// <summary>Takes over the options of another group.</summary>
        public override void LoadStateDict(OptimizerOptions source)
        {
            base.LoadStateDict(source);
            var from = (Options)source;
            alpha = from.alpha;
            lambd = from.lambd;
            t0 = from.t0;
            weight_decay = from.weight_decay;
            maximize = from.maximize;
        }

        internal override void Complete(OptimizerOptions given)
        {
            base.Complete(given);
            var from = (Options)given;
            alpha ??= from.alpha;
            lambd ??= from.lambd;
            t0 ??= from.t0;
            weight_decay ??= from.weight_decay;
            maximize ??= from.maximize;
        }
    }

    /// <summary>Parameters that share options.</summary>
    public class ParamGroup : ParamGroup<Options>
    {
        /// <summary>Empty.</summary>
        public ParamGroup() { }

        /// <summary>Of these parameters.</summary>
        public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options) { }

        /// <summary>Of these parameters with all options given.</summary>
        public ParamGroup(
            IEnumerable<Parameter> parameters, double lr = 1e-2, double lambd = 1e-4, double alpha = 0.75, double t0 = 1e6,
            double weight_decay = 0)
            : base(parameters, new Options { LearningRate = lr, lambd = lambd, alpha = alpha, t0 = t0, weight_decay = weight_decay }) { }
    }
}
