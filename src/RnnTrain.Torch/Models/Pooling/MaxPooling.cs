using RnnTrain.Configuration;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Models.Pooling;

/// <summary>Options of <see cref="MaxPooling"/>.</summary>
[Describe("Of each feature the largest value of all steps (Collobert and Weston 2008).")]
public sealed record MaxPoolingOptions : PoolingOptions;

/// <summary>
/// Of each feature the largest value of an example's steps: Collobert and Weston, "A unified architecture for natural language processing"
/// (2008). The gradient goes to the step that has it; equal ones share it.
/// </summary>
public sealed class MaxPooling() : SequencePooling(nameof(MaxPooling))
{
    public override Tensor Forward(Tensor output, Lengths lengths)
    {
        var read = lengths.AllFull ? output : output.masked_fill(lengths.Mask.logical_not(), double.NegativeInfinity); // [time, batch, features]
        return read.amax([0]); // [time, batch, features] → [batch, features]; twice as fast as max, which also tells the step
    }
}
