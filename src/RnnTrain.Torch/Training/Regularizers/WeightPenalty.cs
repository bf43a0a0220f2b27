using RnnTrain.Cells;
using RnnTrain.Configuration;
using static TorchSharp.torch;

namespace RnnTrain.Training.Regularizers;

/// <summary>
/// L1 and L2: large weights cost. As terms of the objective their gradient is clipped and goes through the optimizer with the rest; decoupled
/// (Loshchilov and Hutter, "Decoupled weight decay regularization", 2019) weights shrink beside the optimizer, in proportion to the learning rate.
/// <code>
/// coupled    g ← g + λ₂ w + λ₁ sign(w)
/// decoupled  w ← w − η (λ₂ w + λ₁ sign(w)), with the w before the step
/// </code>
/// </summary>
public sealed class WeightPenalty
{
    private readonly PenaltyOptions options;
    private readonly List<NamedParameter> penalised;
    private readonly List<Tensor> shrinkage = []; // of one step: λ₂ w + λ₁ sign(w)

    /// <param name="options">λ₁, λ₂, and what is left alone.</param>
    /// <param name="parameters">What is trained.</param>
    public WeightPenalty(PenaltyOptions options, IReadOnlyList<NamedParameter> parameters)
    {
        this.options = options;
        penalised = [.. parameters.Where(named => !named.IsFrozen && !options.Exempt.Contains(GroupOf(named)))];
    }

    /// <summary>What a parameter belongs to.</summary>
    public static ParameterGroup GroupOf(NamedParameter named) => named.Role switch
    {
        ParameterRole.Embedding => ParameterGroup.Embeddings,
        ParameterRole.InitialState => ParameterGroup.InitialStates,
        ParameterRole.OutputWeight or ParameterRole.InputWeight or ParameterRole.RecurrentWeight or ParameterRole.ProjectionWeight => ParameterGroup.Matrices,
        ParameterRole.DiagonalWeight or ParameterRole.PeepholeWeight => ParameterGroup.Matrices,
        _ => ParameterGroup.Biases,
    };

    /// <summary>After the backward pass: adds the terms to the gradients, or remembers by how much weights are to shrink.</summary>
    /// <param name="lossScale">What gradients are multiplied by; null for 1.</param>
    public void Prepare(Tensor? lossScale)
    {
        using var frozen = no_grad();
        shrinkage.Clear();
        foreach (var named in penalised)
        {
            var change = Change(named.Parameter); // [any]
            if (options.Decoupled)
            {
                shrinkage.Add(change);
                continue;
            }

            using var gradient = named.Parameter.grad; // [any]
            if (gradient is null) continue;
            if (lossScale is not null) change.mul_(lossScale);
            named.Parameter.grad = change.add_(gradient); // a tensor of its own: what was a gradient of some rows is one of all now
        }
    }

    /// <summary>After the optimizer's step: shrinks the weights where that is decoupled.</summary>
    /// <param name="learningRate">η of this step.</param>
    /// <param name="isFinite">False where the step is left out, a Boolean scalar; null where it is known to be true.</param>
    public void Shrink(double learningRate, Tensor? isFinite = null)
    {
        using var frozen = no_grad();
        foreach (var (named, change) in penalised.Zip(shrinkage))
        {
            named.Parameter.sub_(isFinite is null ? change.mul_(learningRate) : change.mul_(isFinite.to(change.dtype) * learningRate)); // [any]
        }

        shrinkage.Clear();
    }

    private Tensor Change(Tensor weight)
    {
        var change = weight.detach() * options.L2; // [any]
        return options.L1 == 0 ? change : change.add_(weight.sign(), options.L1);
    }
}
