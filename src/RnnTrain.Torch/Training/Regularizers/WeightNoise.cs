using RnnTrain.Cells;
using static TorchSharp.torch;

namespace RnnTrain.Training.Regularizers;

/// <summary>
/// Weight noise: Graves, "Practical variational inference for neural networks" (2011). The gradient is that of weights to which Gaussian noise
/// was added, drawn once for all time steps of a training step. Recurrent and output matrices get it; biases and embeddings do not.
/// <code>
/// W' = W + ε, ε ~ N(0, σ²)        ∂L/∂W = ∂L/∂W'
/// </code>
/// </summary>
/// <param name="parameters">Of the model.</param>
/// <param name="deviation">σ.</param>
public sealed class WeightNoise(IReadOnlyList<NamedParameter> parameters, double deviation) : IWeightRegularizer
{
    private readonly List<NamedParameter> matrices =
        [.. parameters.Where(named => named.Role is ParameterRole.InputWeight or ParameterRole.RecurrentWeight or ParameterRole.ProjectionWeight or ParameterRole.OutputWeight)];

    private readonly List<Tensor> saved = []; // of one step, in the order of the matrices

    public void Before()
    {
        using var frozen = no_grad();
        saved.Clear();
        foreach (var matrix in matrices)
        {
            var weight = matrix.Parameter; // [any]
            saved.Add(weight.detach().clone()); // [any]
            using var noise = empty_like(saved[^1]).normal_(0, deviation); // [any]
            weight.add_(noise);
        }
    }

    public void After()
    {
        using var frozen = no_grad();
        foreach (var (matrix, values) in matrices.Zip(saved)) matrix.Parameter.copy_(values);
        saved.Clear();
    }
}
