using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The numbers that steer an optimizer for one group of parameters; null takes what was given to the optimizer.</summary>
public class OptimizerOptions
{
    /// <summary>The rate of the next step.</summary>
    public double? LearningRate { get; set; }

    /// <summary>The rate at the start.</summary>
    public double InitialLearningRate { get; set; }

    /// <summary>Takes over the numbers of another group of the same kind.</summary>
    public virtual void LoadStateDict(OptimizerOptions source)
    {
        InitialLearningRate = source.InitialLearningRate;
        LearningRate = source.LearningRate;
    }

    /// <summary>Takes what is still open from the options given to the optimizer.</summary>
    internal virtual void Complete(OptimizerOptions given) => LearningRate ??= given.LearningRate;
}

/// <summary>Parameters that share options.</summary>
public class ParamGroup : optim.ILearningRateController
{
    /// <summary>The parameters.</summary>
    public IEnumerable<Parameter> Parameters { get; set; } = [];

    /// <summary>The options; null until the optimizer fills them in.</summary>
    public OptimizerOptions Options { get; set; } = null!;

    /// <summary>The rate of the next step.</summary>
    public double LearningRate
    {
        get => Options.LearningRate!.Value;
        set => Options.LearningRate = value;
    }

    /// <summary>The rate at the start.</summary>
    public double InitialLearningRate
    {
        get => Options.InitialLearningRate;
        set => Options.InitialLearningRate = value;
    }
}

/// <summary>Parameters that share options of one optimizer.</summary>
public class ParamGroup<TOptions> : ParamGroup where TOptions : OptimizerOptions
{
    /// <summary>Empty.</summary>
    public ParamGroup() { }

    /// <summary>Of these parameters.</summary>
    public ParamGroup(IEnumerable<Parameter> parameters, TOptions? options = null)
    {
        Parameters = parameters;
        base.Options = options!;
    }

    /// <summary>The options; null until the optimizer fills them in.</summary>
    public new TOptions Options
    {
        get => (TOptions)base.Options;
        set => base.Options = value;
    }
}
