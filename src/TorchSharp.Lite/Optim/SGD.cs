using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>
/// Stochastic gradient descent: b ← μ b + (1 − τ) g, θ ← θ − η b with momentum μ and dampening τ, the first b being g;
/// with Nesterov's momentum θ ← θ − η (g + μ b) (Sutskever et al., 2013).
/// </summary>
public class SGD : OptimizerHelper, IMomentum
{
    /// <summary>For parameters that share all options.</summary>
    public SGD(
        IEnumerable<Parameter> parameters, double lr, double momentum = 0, double dampening = 0, double weight_decay = 0,
        bool nesterov = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, momentum, dampening, weight_decay, nesterov, maximize) { }

    /// <summary>For groups of parameters; what a group leaves open is given here.</summary>
    public SGD(
        IEnumerable<ParamGroup> parameters, double lr, double momentum = 0, double dampening = 0, double weight_decay = 0,
        bool nesterov = false, bool maximize = false)
    {
        RequireNotNegative(momentum, nameof(momentum));
        RequireNotNegative(weight_decay, nameof(weight_decay));
        if (nesterov && (momentum <= 0 || dampening != 0))
            throw new ArgumentException("Nesterov momentum requires a momentum and zero dampening");
        var given = new Options
        {
            momentum = momentum,
            dampening = dampening,
            weight_decay = weight_decay,
            nesterov = nesterov,
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
        var gradients = options.maximize!.Value ? Foreach.Negative(batch.Gradients) : batch.Gradients;
        if (options.weight_decay is > 0 and var decay) gradients = Foreach.Add(gradients, batch.Parameters, decay);
        if (options.momentum is > 0 and var momentum) gradients = Moved(gradients, momentum, options, batch);
        Foreach.Add_(batch.Parameters, gradients, -options.LearningRate!.Value);
    }

    private static Tensor[] Moved(Tensor[] gradients, double momentum, Options options, Batch<State> batch)
    {
        if (batch.States[0].momentum_buffer is null)
        {
            for (var i = 0; i < gradients.Length; i++)
                batch.States[i].momentum_buffer = gradients[i].clone().DetachFromDisposeScope();
        }
        else
        {
            var kept = batch.Each(state => state.momentum_buffer!);
            Foreach.Multiply_(kept, momentum);
            Foreach.Add_(kept, gradients, 1 - options.dampening!.Value);
        }
        var buffers = batch.Each(state => state.momentum_buffer!);
        return options.nesterov!.Value ? Foreach.Add(gradients, buffers, momentum) : buffers;
    }

    private protected override OptimizerOptions NewOptions() => new Options();

    private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

    /// <summary>What is remembered of one parameter.</summary>
    public sealed class State : OptimizerState, IDisposable
    {
        /// <summary>b, from the first step with momentum on.</summary>
        public Tensor? momentum_buffer;

        /// <summary>Starts the state of a parameter.</summary>
        public State(Parameter parameter) : base(parameter) { }

        internal override Tensor?[] Tensors
        {
            get => [momentum_buffer];
            set => momentum_buffer = value[0];
        }

        /// <summary>Puts the state at its beginning.</summary>
        public override void Initialize(OptimizerOptions options)
        {
            Free();
            momentum_buffer = null;
        }

        /// <summary>Disposes the tensors.</summary>
        public void Dispose() => Free();
    }

    /// <summary>The options of one group; null takes what was given to the optimizer.</summary>
    public class Options : OptimizerOptions
    {
        /// <summary>μ.</summary>
        public double? momentum;

        /// <summary>τ.</summary>
        public double? dampening;

        /// <summary>The weight of the parameter itself in its gradient.</summary>
        public double? weight_decay;

        /// <summary>Whether the momentum is Nesterov's.</summary>
        public bool? nesterov;

        /// <summary>Whether to climb instead of to descend.</summary>
        public bool? maximize;

        /// <summary>Takes over the options of another group.</summary>
        public override void LoadStateDict(OptimizerOptions source)
        {
            base.LoadStateDict(source);
            var from = (Options)source;
            momentum = from.momentum;
            dampening = from.dampening;
            weight_decay = from.weight_decay;
            nesterov = from.nesterov;
            maximize = from.maximize;
        }

        internal override void Complete(OptimizerOptions given)
        {
            base.Complete(given);
            var from = (Options)given;
            momentum ??= from.momentum;
            dampening ??= from.dampening;
            weight_decay ??= from.weight_decay;
            nesterov ??= from.nesterov;
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
            IEnumerable<Parameter> parameters, double lr = 1e-3, double momentum = 0, double dampening = 0, double weight_decay = 0,
            bool nesterov = false, bool maximize = false)
            : base(
                parameters,
                new Options
                {
                    LearningRate = lr,
                    momentum = momentum,
                    dampening = dampening,
                    weight_decay = weight_decay,
                    nesterov = nesterov,
                    maximize = maximize,
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
