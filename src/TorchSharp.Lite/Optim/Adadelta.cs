using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// Adadelta (Zeiler, 2012): v ← ρ v + (1 − ρ) g², Δ = √(u + ε) / √(v + ε) · g, u ← ρ u + (1 − ρ) Δ², θ ← θ − η Δ.
/// </summary>
public class Adadelta : OptimizerHelper
{
    /// <summary>For parameters that share all options.</summary>
    public Adadelta(
        IEnumerable<Parameter> parameters, double lr, double rho = 0.9, double eps = 1e-6, double weight_decay = 0, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, rho, eps, weight_decay, maximize) { }

    /// <summary>For groups of parameters; what a group leaves open is given here.</summary>
    public Adadelta(
        IEnumerable<ParamGroup> parameters, double lr = 1.0, double rho = 0.9, double eps = 1e-6, double weight_decay = 0,
        bool maximize = false)
    {
        if (!(rho >= 0 && rho <= 1)) throw new ArgumentException($"Invalid rho: {rho}");
        RequireNotNegative(eps, nameof(eps));
        RequireNotNegative(weight_decay, nameof(weight_decay));
        Start(new Options { rho = rho, eps = eps, weight_decay = weight_decay, maximize = maximize }, lr, parameters);
    }

    /// <summary>Changes every parameter that has a gradient.</summary>
    public override Tensor? step(Func<Tensor>? closure = null) => Step<Options, State>(closure, Update);

    private static void Update(Options options, Batch<State> batch)
    {
        foreach (var state in batch.States) state.step++;
        var gradients = options.maximize!.Value ? Foreach.Negative(batch.Gradients) : batch.Gradients;
        if (options.weight_decay is > 0 and var decay) gradients = Foreach.Add(gradients, batch.Parameters, decay);
        var (rho, eps) = (options.rho!.Value, options.eps!.Value);
        var squares = batch.Each(state => state.square_avg);
        var changes = batch.Each(state => state.acc_delta);
        Foreach.AverageOfSquares_(squares, gradients, rho);
        var denominators = Foreach.Add(squares, eps);
        Foreach.Sqrt_(denominators);
        var deltas = Foreach.Add(changes, eps);
        Foreach.Sqrt_(deltas);
        Foreach.Divide_(deltas, denominators);
        Foreach.Multiply_(deltas, gradients);
        Foreach.AverageOfSquares_(changes, deltas, rho);
        Foreach.Add_(batch.Parameters, deltas, -options.LearningRate!.Value);
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

        /// <summary>u.</summary>
        public Tensor acc_delta = null!;

        /// <summary>Starts the state of a parameter.</summary>
        public State(Parameter parameter) : base(parameter) { }

        internal override Tensor?[] Tensors
        {
            get => [square_avg, acc_delta];
            set => (square_avg, acc_delta) = (value[0]!, value[1]!);
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
            square_avg = Zeros();
            acc_delta = Zeros();
        }

        /// <summary>Disposes the tensors.</summary>
        public void Dispose() => Free();
    }

    /// <summary>The options of one group; null takes what was given to the optimizer.</summary>
    public class Options : OptimizerOptions
    {
        /// <summary>ρ.</summary>
        public double? rho;

        /// <summary>ε.</summary>
        public double? eps;

        /// <summary>The weight of the parameter itself in its gradient.</summary>
        public double? weight_decay;

        /// <summary>Whether to climb instead of to descend.</summary>
        public bool? maximize;

        /// <summary>Takes over the options of another group.</summary>
        public override void LoadStateDict(OptimizerOptions source)
        {
            base.LoadStateDict(source);
            var from = (Options)source;
            rho = from.rho;
            eps = from.eps;
            weight_decay = from.weight_decay;
            maximize = from.maximize;
        }

        internal override void Complete(OptimizerOptions given)
        {
            base.Complete(given);
            var from = (Options)given;
            rho ??= from.rho;
            eps ??= from.eps;
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
            IEnumerable<Parameter> parameters, double lr = 1.0, double rho = 0.9, double eps = 1e-6, double weight_decay = 0,
            bool maximize = false)
            : base(
                parameters,
                new Options
                {
                    LearningRate = lr,
                    rho = rho,
                    eps = eps,
                    weight_decay = weight_decay,
                    maximize = maximize,
                })
        { }
    }
}
