using RnnTrain.Cells;
using RnnTrain.Models;
using static TorchSharp.torch;

namespace RnnTrain.Training.Precisions;

/// <summary>
/// The weights in fp32 that the optimizer changes and a checkpoint holds, beside a model that computes with copies of them in a shorter
/// type: Micikevicius et al., "Mixed precision training" (2018). In a short type most updates would vanish, being smaller than half the
/// distance to the next number. Parameters that the model itself keeps in fp32 are their own masters; where all are, this is nothing.
/// </summary>
public sealed class MasterWeights : IDisposable
{
    private readonly IReadOnlyList<(NamedParameter Master, NamedParameter Copy)> pairs;

    private MasterWeights(IReadOnlyList<NamedParameter> parameters, IReadOnlyList<(NamedParameter Master, NamedParameter Copy)> pairs)
    {
        Parameters = parameters;
        this.pairs = pairs;
    }

    /// <summary>What is trained, in the order of the model and under its names, all in fp32.</summary>
    public IReadOnlyList<NamedParameter> Parameters { get; }

    /// <summary>Makes a model of fp32 weights compute in another type, and keeps the weights as they were.</summary>
    /// <param name="model">On its device; its parameters in <paramref name="type"/> are new objects afterwards.</param>
    /// <param name="type">The type to compute in; with Float32 nothing changes.</param>
    public static MasterWeights Of(SequenceModel model, ScalarType type)
    {
        var before = model.NamedParameters();
        if (type == ScalarType.Float32) return new MasterWeights(before, []);
        using var frozen = no_grad();
        var originals = before.Select(named => named.Parameter.detach().clone()).ToList(); // [any]
        model.ComputeIn(type);
        var parameters = new List<NamedParameter>();
        var pairs = new List<(NamedParameter, NamedParameter)>();
        foreach (var (copy, original) in model.NamedParameters().Zip(originals))
        {
            if (copy.Parameter.dtype == ScalarType.Float32)
            {
                original.Dispose();
                parameters.Add(copy);
                continue;
            }
            var parameter = nn.Parameter(original); // [any]
            parameter.DetachFromDisposeScope();
            parameters.Add(copy with { Parameter = parameter, Rows = null }); // a converted gradient is dense
            pairs.Add((parameters[^1], copy));
        }
        return new MasterWeights(parameters, pairs);
    }

    /// <summary>Gives each master the gradient of its copy, in fp32.</summary>
    public void CollectGradients()
    {
        using var frozen = no_grad();
        foreach (var (master, copy) in pairs)
        {
            using var gradient = copy.Parameter.grad; // [any]
            using var collected = master.Parameter.grad; // [any]
            if (gradient is null) master.Parameter.grad = null;
            else if (collected is not null) collected.copy_(gradient);
            else
            {
                using var converted = gradient.to(ScalarType.Float32); // [any]
                master.Parameter.grad = converted;
            }
        }
    }

    /// <summary>Gives each copy the value of its master, rounded.</summary>
    public void UpdateCopies()
    {
        using var frozen = no_grad();
        foreach (var (master, copy) in pairs) copy.Parameter.copy_(master.Parameter);
    }

    public void Dispose()
    {
        foreach (var (master, _) in pairs) master.Parameter.Dispose();
    }
}
