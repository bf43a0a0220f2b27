using TorchSharp.Interop;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>
/// Gated recurrent unit (Cho et al., 2014), in the form of cuDNN:
/// r, z = σ(W x + b + U h + c), n = tanh(W x + b + r (U h + c)), h′ = (1 − z) n + z h.
/// </summary>
public sealed class GRU : Module<Tensor, Tensor?, (Tensor, Tensor)>
{
    private static readonly Operator Kernel = new("gru.input");

    private readonly RecurrentWeights _weights;

    internal GRU(RecurrentWeights weights, Device? device, ScalarType? dtype) : base(nameof(GRU))
    {
        _weights = weights;
        weights.Make(register_parameter, device, dtype);
        weights.Take(this);
    }

    /// <summary>
    /// [time, batch, features] and h [layers · directions, batch, hidden] → output [time, batch, directions · hidden], h.
    /// </summary>
    /// <exception cref="ArgumentException">A shape does not fit.</exception>
    public override (Tensor, Tensor) forward(Tensor input, Tensor? h0 = null)
    {
        var w = _weights;
        var h = w.InitialState(input, h0); // [layers · directions, batch, hidden]
        var result = Kernel.Call2(input, h, w.All, w.Bias, w.Layers, w.Dropout, training, w.Bidirectional, w.BatchFirst);
        if (h0 is null) h.Dispose();
        return result;
    }

    /// <summary>The same, between the hooks.</summary>
    public new (Tensor, Tensor) call(Tensor input, Tensor? h0 = null) => base.call(input, h0);

    /// <summary>Lays the weights out for cuDNN; needed after a weight was replaced.</summary>
    public void flatten_parameters() => _weights.Flatten();

    private protected override void OnMoved() => _weights.Take(this);
}
