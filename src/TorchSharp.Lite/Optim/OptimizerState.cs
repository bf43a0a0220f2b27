using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What an optimizer remembers of one parameter.</summary>
public abstract class OptimizerState
{
    /// <summary>The parameter.</summary>
    protected Parameter _parameter;

    /// <summary>Starts the state of a parameter.</summary>
    protected OptimizerState(Parameter parameter) => _parameter = parameter;

    /// <summary>The tensors in a fixed order; those that an option leaves out are null.</summary>
    internal abstract Tensor?[] Tensors { get; set; }

    /// <summary>The numbers in a fixed order.</summary>
    internal virtual double[] Numbers
    {
        get => [];
        set { }
    }

    /// <summary>How many steps the parameter has seen, where the rule asks for it.</summary>
    internal virtual long Steps => 0;

    /// <summary>Puts the state at its beginning.</summary>
    public abstract void Initialize(OptimizerOptions options);

    /// <summary>Copies the state of another parameter to this one's device.</summary>
    public virtual void LoadStateDict(OptimizerState source)
    {
        if (ReferenceEquals(source, this)) return;
        var copies = source.Tensors.Select(tensor => tensor?.to(_parameter.device, copy: true).DetachFromDisposeScope()).ToArray();
        Free();
        Tensors = copies;
        Numbers = source.Numbers;
    }

    /// <summary>Moves the state to a device.</summary>
    public virtual void to(Device device)
    {
        var moved = Tensors.Select(tensor => tensor?.to(device, copy: true).DetachFromDisposeScope()).ToArray();
        Free();
        Tensors = moved;
    }

    /// <summary>Whether another state is about the same.</summary>
    public virtual bool ApproximatelyEquals(OptimizerState other) =>
        other is not null && other.GetType() == GetType() && Numbers.AsSpan().SequenceEqual(other.Numbers)
        && Tensors.Zip(other.Tensors).All(pair =>
            pair is (null, null) || (pair is ({ } own, { } others) && own.allclose(others)));

    /// <summary>Disposes the tensors.</summary>
    internal void Free()
    {
        foreach (var tensor in Tensors) tensor?.Dispose();
    }

    /// <summary>Zeros in the shape of the parameter.</summary>
    internal Tensor Zeros() => Filled(0);

    /// <summary>One value in the shape of the parameter.</summary>
    private protected Tensor Filled(double value)
    {
        using var frozen = no_grad();
        return full_like(_parameter, value, requires_grad: false).DetachFromDisposeScope();
    }
}
