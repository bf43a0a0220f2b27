using RnnTrain.Cells;
using RnnTrain.Numerics;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Training.Regularizers;

/// <summary>
/// Weight drop: Merity, Keskar and Socher, "Regularizing and optimizing LSTM language models" (2018), which is DropConnect (Wan et al. 2013)
/// on recurrent matrices. One mask holds for all time steps of a training step, so the layers are computed as ever, with other weights.
/// <code>
/// W' = M ⊙ W / (1 − p), M ~ Bernoulli(1 − p)        ∂L/∂W = M ⊙ ∂L/∂W' / (1 − p)
/// </code>
/// In plain CPU memory each direction is one pass, and M is never kept: it is hashed out of the place and a key a second time.
/// </summary>
/// <param name="parameters">Of the model; those that are no recurrent matrix are left alone.</param>
/// <param name="share">p, the share of the weights that are dropped.</param>
public sealed class WeightDrop(IReadOnlyList<NamedParameter> parameters, double share) : IWeightRegularizer
{
    private readonly List<NamedParameter> matrices = [.. parameters.Where(named => named.Role == ParameterRole.RecurrentWeight)];
    private readonly List<(Tensor Saved, HashedMask? Hashed, Tensor? Drawn)> masked = []; // of one step, in the order of the matrices

    public void Before()
    {
        using var frozen = no_grad();
        using var seed = rand(1, ScalarType.Float64, CPU); // [1]
        var random = new PortableRandom(BitConverter.DoubleToUInt64Bits(seed.item<double>()));
        masked.Clear();
        foreach (var matrix in matrices)
        {
            var weight = matrix.Parameter; // [gates · hidden, hidden]
            if (FloatMemory.Holds(weight))
            {
                var hashed = new HashedMask(random.NextBits(), share);
                var saved = empty_like(weight); // [gates · hidden, hidden]
                hashed.Drop(weight, saved);
                masked.Add((saved, hashed, null));
            }
            else
            {
                var saved = weight.detach().clone(); // [gates · hidden, hidden]
                var drawn = empty_like(saved).bernoulli_(1 - share).div_(1 - share); // [gates · hidden, hidden]
                weight.mul_(drawn);
                masked.Add((saved, null, drawn));
            }
        }
    }

    public void After()
    {
        using var frozen = no_grad();
        foreach (var (matrix, (saved, hashed, drawn)) in matrices.Zip(masked))
        {
            using var gradient = matrix.Parameter.grad; // [gates · hidden, hidden]
            if (gradient is not null && drawn is not null) gradient.mul_(drawn);
            if (gradient is not null) hashed?.Multiply(gradient);
            matrix.Parameter.copy_(saved);
        }

        masked.Clear();
    }
}
