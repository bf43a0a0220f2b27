using RnnTrain.Configuration;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Models.Pooling;

/// <summary>Options of <see cref="LastPooling"/>.</summary>
[Describe("What the network has made of an example when it has read the whole of it: forward layers at its last step, backward layers at its first. It also holds where the key is absent.")]
public sealed record LastPoolingOptions : PoolingOptions;

/// <summary>
/// What the network has made of each example when it has read the whole of it: forward layers at the example's last step, backward layers at
/// its first. Where the directions are added up, and so cannot be told apart, both ends are added up.
/// </summary>
public sealed class LastPooling(PoolingArguments arguments) : SequencePooling(nameof(LastPooling))
{
    public override Tensor Forward(Tensor output, Lengths lengths)
    {
        var last = lengths.Last(output); // [time, batch, features] → [batch, features]
        if (arguments.Directions == 1) return last;
        var first = output.select(0, 0); // [batch, features]
        if (arguments.Combine == DirectionCombination.Sum) return first + last;
        var half = arguments.Features / 2;
        return cat([last.narrow(1, 0, half), first.narrow(1, half, half)], 1); // [batch, features]
    }
}
