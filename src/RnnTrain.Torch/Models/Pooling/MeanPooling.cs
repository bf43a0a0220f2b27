using RnnTrain.Configuration;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Models.Pooling;

/// <summary>Options of <see cref="MeanPooling"/>.</summary>
[Describe("The mean of the outputs of all steps.")]
public sealed record MeanPoolingOptions : PoolingOptions;

/// <summary>The mean of the outputs of an example's steps; padding is zero and adds nothing to the sum.</summary>
public sealed class MeanPooling() : SequencePooling(nameof(MeanPooling))
{
    public override Tensor Forward(Tensor output, Lengths lengths)
    {
        var sum = output.sum(0L); // [time, batch, features] → [batch, features]
        if (lengths.AllFull) return sum / lengths.Time; // [batch, features]
        return sum / tensor(lengths.Values.ToArray(), [lengths.Batch, 1], device: output.device); // [batch, features]
    }
}
