using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// Adagrad (Duchi, Hazan and Singer, 2011): s ← s + g², θ ← θ − η / (1 + (t − 1) δ) · g / (√s + ε).
/// </summary>
public class Adagrad : OptimizerHelper
{
    /// <summary>For parameters that share all options.</summary>
    public Adagrad(
        IEnumerable<Parameter> parameters, double lr = 1e-2, double lr_decay = 0, double weight_decay = 0,
        double initial_accumulator_value = 0, double eps = 1e-10)
        : this([new ParamGroup { Parameters = parameters }], lr, lr_decay, weight_decay, initial_accumulator_value, eps) { }

    /// <summary>For groups of parameters; what a group leaves open is given here.</summary>
    public Adagrad(
        IEnumerable<ParamGroup> parameters, double lr = 1e-2, double lr_decay = 0, double weight_decay = 0,
        double initial_accumulator_value = 0, double eps = 1e-10)
    {
        RequireNotNegative(lr_decay, nameof(lr_decay));
        RequireNotNegative(weight_decay, nameof(weight_decay));
        RequireNotNegative(initial_accumulator_value, nameof(initial_accumulator_value));
        RequireNotNegative(eps, nameof(eps));
        var given = new Options
        {
            lr_decay = lr_decay,
            weight_decay = weight_decay,
            initial_accumulator_value = initial_accumulator_value,
            eps = eps,
        };
        Start(given, lr, parameters);
    }

    /// <summary>Changes every parameter that has a gradient.</summary>
    public override Tensor? step(Func<Tensor>? closure = null) => Step<Options, State>(closure, Update);

    private static void Update(Options options, Batch<State> batch)
    {
        foreach (var state in batch.States) state.step++;
        var gradients = batch.Gradients;
        if (options.weight_decay is > 0 and var decay) gradients = Foreach.Add(gradients, batch.Parameters, decay);
        var sums = batch.Each(state => state.sum);
        Foreach.AddProductOf_(sums, gradients, gradients, 1);
        var denominators = Foreach.Sqrt(sums);
        Foreach.Add_(denominators, options.eps!.Value);
        var learningRate = options.LearningRate!.Value / (1 + (batch.States[0].step - 1) * options.lr_decay!.Value);
        Foreach.AddQuotientOf_(batch.Parameters, gradients, denominators, -learningRate);
    }

    private protected override OptimizerOptions NewOptions() => new Options();

    private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

    /// <summary>What is remembered of one parameter.</summary>
    public sealed class State : OptimizerState, IDisposable
    {
        /// <summary>How many steps there were.</summary>
        public long step;

        /// <summary>s.</summary>
        public Tensor sum = null!;

        /// <summary>Starts the state of a parameter.</summary>
        public State(Parameter parameter) : base(parameter) { }

        internal override Tensor?[] Tensors
        {
            get => [sum];
            set => sum = value[0]!;
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
            sum = Filled(((Options)options).initial_accumulator_value ?? 0);
        }

        /// <summary>Disposes the tensors.</summary>
        public void Dispose() => Free();
    }

    /// <summary>The options of one group; null takes what was given to the optimizer.</summary>
    public class Options : OptimizerOptions
    {
        /// <summary>δ.</summary>
        public double? lr_decay;

        /// <summary>s at the start.</summary>
        public double? initial_accumulator_value;

        /// <summary>The weight of the parameter itself in its gradient.</summary>
        public double? weight_decay;

        /// <summary>What is added to the denominator.</summary>
        public double? eps;

        /// <summary>Takes over the options of another group.</summary>
        public override void LoadStateDict(OptimizerOptions source)
        {
            base.LoadStateDict(source);
            var from = (Options)source;
            lr_decay = from.lr_decay;
            initial_accumulator_value = from.initial_accumulator_value;
            weight_decay = from.weight_decay;
            eps = from.eps;
        }

        internal override void Complete(OptimizerOptions given)
        {
            base.Complete(given);
            var from = (Options)given;
            lr_decay ??= from.lr_decay;
            initial_accumulator_value ??= from.initial_accumulator_value;
            weight_decay ??= from.weight_decay;
            eps ??= from.eps;
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
            IEnumerable<Parameter> parameters, double lr = 1e-2, double lr_decay = 0, double weight_decay = 0,
            double initial_accumulator_value = 0, double eps = 1e-10)
            : base(
                parameters,
                new Options
                {
                    LearningRate = lr,
                    lr_decay = lr_decay,
                    weight_decay = weight_decay,
                    initial_accumulator_value = initial_accumulator_value,
                    eps = eps,
                })
        { }
    }
}
