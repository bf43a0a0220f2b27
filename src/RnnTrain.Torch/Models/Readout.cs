using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Layers;
using static TorchSharp.torch;

namespace RnnTrain.Models;

/// <summary>
/// What the output layer of a decoder reads, made of all that the decoder knows at a step, side by side:
/// <code>
/// tanh     tanh(W [c_t; h_t] + b)                                Luong et al. (2015), the attentional vector
/// maxout   max(v_(2i), v_(2i+1)),  v = W [h_t; c_t; y_(t−1)] + b  Goodfellow et al. (2013), as in Bahdanau et al. (2015)
/// </code>
/// </summary>
public sealed class Readout : nn.Module
{
    private readonly LinearLayer layer;
    private readonly ReadoutFunction function;

    /// <param name="function">Which of the two.</param>
    /// <param name="inputs">Features of all that it reads.</param>
    /// <param name="size">Features that it puts out.</param>
    /// <param name="engine">What may multiply on the CPU.</param>
    public Readout(ReadoutFunction function, long inputs, long size, ComputeEngine engine)
        : base(nameof(Readout))
    {
        this.function = function;
        layer = new LinearLayer(inputs, function == ReadoutFunction.Maxout ? 2 * size : size, hasBias: true, engine);
        RegisterComponents();
    }

    /// <param name="known">[rows, inputs].</param>
    /// <returns>[rows, size].</returns>
    public Tensor Forward(Tensor known)
    {
        var sums = layer.Forward(known); // [rows, inputs] → [rows, size], or [rows, 2 · size]
        return function == ReadoutFunction.Maxout
            ? sums.view(sums.size(0), -1, 2).amax(2) // [rows, 2 · size] → [rows, size]
            : sums.tanh(); // [rows, size]
    }

    public IReadOnlyList<NamedParameter> NamedParameters() => layer.NamedParameters("readout");
}
