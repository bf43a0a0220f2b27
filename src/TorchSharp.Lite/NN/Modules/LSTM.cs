using TorchSharp.Interop;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>
/// Long short-term memory (Hochreiter and Schmidhuber, 1997; with forget gates):
/// i, f, o = σ(W x + b + U h + c), g = tanh(W x + b + U h + c), c′ = f c + i g, h′ = o tanh(c′).
/// </summary>
public sealed class LSTM : Module<Tensor, (Tensor, Tensor)?, (Tensor, Tensor, Tensor)>
{
    private static readonly Operator Kernel = new("lstm.input");

    private readonly RecurrentWeights _weights;

    internal LSTM(RecurrentWeights weights, Device? device, ScalarType? dtype) : base(nameof(LSTM))
    {
        _weights = weights;
        weights.Make(register_parameter, device, dtype);
        weights.Take(this);
    }

    /// <summary>
    /// [time, batch, features] and (h, c), each [layers · directions, batch, hidden] → output [time, batch, directions · hidden], h, c.
    /// </summary>
    /// <exception cref="ArgumentException">A shape does not fit.</exception>
    public override (Tensor, Tensor, Tensor) forward(Tensor input, (Tensor, Tensor)? h0_c0 = null)
    {
        var w = _weights;
        var h = w.InitialState(input, h0_c0?.Item1); // [layers · directions, batch, hidden]
        var c = w.InitialState(input, h0_c0?.Item2); // [layers · directions, batch, hidden]
        var result = Kernel.Call3(
            input, new Tensor[] { h, c }, w.All, w.Bias, w.Layers, w.Dropout, training, w.Bidirectional, w.BatchFirst);
        if (h0_c0 is not null) return result;
        h.Dispose();
        c.Dispose();
        return result;
    }

    /// <summary>The same, between the hooks.</summary>
    public new (Tensor, Tensor, Tensor) call(Tensor input, (Tensor, Tensor)? h0_c0 = null) => base.call(input, h0_c0);

    /// <summary>Lays the weights out for cuDNN; needed after a weight was replaced.</summary>
    public void flatten_parameters() => _weights.Flatten();

    private protected override void OnMoved() => _weights.Take(this);
}
