using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Layers;

/// <summary>
/// Dropout on a sequence. Locked, it drops the same values at all time steps: Gal and Ghahramani, "A theoretically grounded application of
/// dropout in recurrent neural networks" (2016), as in Merity, Keskar and Socher, "Regularizing and optimizing LSTM language models" (2018).
/// </summary>
/// <param name="Share">Of the values that become zero, the others growing by 1 / (1 − share).</param>
/// <param name="IsLocked">One mask for all time steps; otherwise one a step.</param>
public readonly record struct SequenceDropout(double Share, bool IsLocked)
{
    /// <param name="values">[time, batch, features].</param>
    /// <param name="isTraining">False to leave them as they are.</param>
    /// <returns>The same shape.</returns>
    public Tensor Apply(Tensor values, bool isTraining)
    {
        if (Share == 0 || !isTraining) return values;
        if (!IsLocked) return Dropout(values);
        var kept = ones([1, values.size(1), values.size(2)], values.dtype, values.device); // [1, batch, features]
        return values * Dropout(kept); // [time, batch, features]
    }

    /// <summary>On the CPU libtorch draws its masks on one thread, number by number: as long as a layer takes.</summary>
    private Tensor Dropout(Tensor values) => FloatMemory.Holds(values)
        ? HashedDropout.apply(values, Share) // [any]
        : nn.functional.dropout(values, Share); // [any]
}
