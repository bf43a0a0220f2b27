using RnnTrain.Cells;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Models.Pooling;

/// <summary>How the outputs of all time steps of an example become one vector. Padding has no part in it. Parameters are zero until they are initialised or loaded.</summary>
public abstract class SequencePooling(string name) : nn.Module(name)
{
    /// <summary>Multiplications with addition in its matrix products, for one time step.</summary>
    public virtual long MultiplyAddsPerToken => 0;

    /// <param name="output">Of the last recurrent layer, [time, batch, features], zero beyond an example's length.</param>
    /// <param name="lengths">Where each example ends.</param>
    /// <returns>[batch, features].</returns>
    public abstract Tensor Forward(Tensor output, Lengths lengths);

    public virtual IReadOnlyList<NamedParameter> NamedParameters() => [];
}
