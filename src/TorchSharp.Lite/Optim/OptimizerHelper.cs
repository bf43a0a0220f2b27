using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>What all optimizers share: groups, states and the loop over them.</summary>
public abstract class OptimizerHelper : Optimizer
{
    private readonly Dictionary<Tensor, OptimizerState> _state = new(ReferenceEqualityComparer.Instance);

    /// <summary>The options given to the optimizer.</summary>
    protected OptimizerOptions _defaults = null!;

    /// <summary>Fills all gradients with zeros.</summary>
    public override void zero_grad()
    {
        foreach (var parameter in parameters())
        {
            using var gradient = parameter.grad;
            gradient?.zero_();
        }
    }

    /// <summary>Adds parameters; options that the group leaves open are those given to the optimizer.</summary>
    public override void add_param_group(ParamGroup param_group)
    {
        param_group.Options ??= NewOptions();
        param_group.Options.Complete(_defaults);
        param_group.InitialLearningRate = param_group.LearningRate;
        param_group.Parameters = [.. param_group.Parameters];
        _parameter_groups.Add(param_group);
        foreach (var parameter in param_group.Parameters)
        {
            var state = NewState(parameter);
            state.Initialize(param_group.Options);
            _state[parameter] = state;
        }
    }

    /// <summary>The options and states themselves, not copies.</summary>
    public virtual StateDictionary state_dict()
    {
        var dictionary = new StateDictionary();
        foreach (var group in _parameter_groups)
        {
            dictionary.Options.Add(group.Options);
            var indices = new List<int>();
            foreach (var parameter in group.Parameters)
            {
                indices.Add(dictionary.State.Count);
                dictionary.State.Add(_state[parameter]);
            }
            dictionary.StateIndexRef.Add(indices);
        }
        return dictionary;
    }

    /// <summary>Copies options and states.</summary>
    /// <exception cref="ArgumentException">There are other numbers of groups or parameters.</exception>
    public virtual void load_state_dict(StateDictionary state_dict)
    {
        var own = this.state_dict();
        if (state_dict.Options.Count != own.Options.Count)
            throw new ArgumentException("Invalid optimizer state -- different number of parameter groups.");
        if (state_dict.State.Count != own.State.Count)
            throw new ArgumentException("Invalid optimizer state -- different number of states.");
        foreach (var (to, from) in own.Options.Zip(state_dict.Options)) to.LoadStateDict(from);
        foreach (var (to, from) in own.State.Zip(state_dict.State)) to.LoadStateDict(from);
    }

    /// <summary>Moves the state to a device.</summary>
    public void to(Device device)
    {
        foreach (var state in _state.Values) state.to(device);
    }

    private protected override void FreeStates()
    {
        foreach (var state in _state.Values) state.Free();
        _state.Clear();
    }

    private protected abstract OptimizerOptions NewOptions();

    private protected abstract OptimizerState NewState(Parameter parameter);

    /// <summary>Takes the options given to the optimizer, then its groups.</summary>
    private protected void Start(OptimizerOptions options, double learningRate, IEnumerable<ParamGroup> groups)
    {
        if (learningRate < 0) throw new ArgumentException($"Invalid learning rate: {learningRate}");
        options.LearningRate = options.InitialLearningRate = learningRate;
        _defaults = options;
        foreach (var group in groups) add_param_group(group);
    }

    /// <summary>Runs the closure, then the rule on every batch of parameters, unrecorded and without leaving tensors behind.</summary>
    private protected Tensor? Step<TOptions, TState>(Func<Tensor>? closure, Action<TOptions, Batch<TState>> rule)
        where TOptions : OptimizerOptions
        where TState : OptimizerState
    {
        Tensor? loss = null;
        if (closure is not null)
        {
            using var recorded = enable_grad();
            loss = closure();
        }
        using var frozen = no_grad();
        foreach (var group in _parameter_groups)
        {
            foreach (var batch in Batch<TState>.Of(group.Parameters, parameter => (TState)_state[parameter]))
            {
                // A scope for each batch: what the rule leaves is free for the next one while it is still in the cache.
                using (NewDisposeScope()) rule((TOptions)group.Options, batch);
                foreach (var gradient in batch.Gradients) gradient.Dispose();
            }
        }
        return loss;
    }

    private protected static void RequireBetween(double value, double low, double below, string name)
    {
        if (!(value >= low && value < below)) throw new ArgumentException($"Invalid {name}: {value}");
    }

    private protected static void RequireNotNegative(double value, string name)
    {
        if (!(value >= 0)) throw new ArgumentException($"Invalid {name}: {value}");
    }
}
