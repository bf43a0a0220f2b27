using RnnTrain.Cells;
using static TorchSharp.torch;

namespace RnnTrain.Training.Optimizers;

/// <summary>
/// The rule that turns gradients into steps. Its memory is a list of named tensors, so that a checkpoint holds it and a resumed run
/// continues bit for bit.
/// </summary>
public abstract class Optimizer(IReadOnlyList<NamedParameter> parameters) : IDisposable
{
    /// <summary>What is trained, in the order of the model.</summary>
    protected IReadOnlyList<NamedParameter> Parameters { get; } = parameters;

    /// <summary>How many tensors of a parameter's size the rule remembers for each parameter; for the memory estimate.</summary>
    public abstract int BuffersPerParameter { get; }

    /// <summary>Everything the rule remembers from step to step, each tensor under a name of its own.</summary>
    public abstract IReadOnlyList<(string Name, Tensor Tensor)> Memory { get; }

    /// <summary>Changes every parameter that has a gradient. Runs under no_grad.</summary>
    /// <param name="learningRate">The learning rate of this step, schedule applied.</param>
    /// <param name="gradientScale">What every gradient is multiplied by first; 1 unless clipped.</param>
    public abstract void Step(double learningRate, double gradientScale);

    /// <summary>Takes over the memory of a checkpoint: the same names and shapes as <see cref="Memory"/>.</summary>
    /// <exception cref="InvalidDataException">A name is missing, or a shape differs.</exception>
    public void Restore(IReadOnlyDictionary<string, Tensor> saved)
    {
        using var frozen = no_grad();
        foreach (var (name, tensor) in Memory)
        {
            if (!saved.TryGetValue(name, out var value)) throw new InvalidDataException($"the optimizer's '{name}' is missing");
            if (!value.shape.SequenceEqual(tensor.shape)) throw new InvalidDataException($"the optimizer's '{name}' has another shape");
            tensor.copy_(value);
        }
    }

    public void Dispose()
    {
        foreach (var (_, tensor) in Memory) tensor.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A tensor of zeros for each parameter, kept beyond every dispose scope.</summary>
    protected Tensor[] Zeros() => [.. Parameters.Select(named => zeros_like(named.Parameter).requires_grad_(false).DetachFromDisposeScope())];

    /// <summary>Pairs each parameter's buffer with its name in a checkpoint, `prefix.parameter`.</summary>
    protected IEnumerable<(string Name, Tensor Tensor)> Named(string prefix, Tensor[] buffers) =>
        Parameters.Select((named, i) => ($"{prefix}.{named.Name}", buffers[i]));
}
