using TorchSharp.Interop;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>An Elman network: h′ = tanh(W x + b + U h + c), or with max(0, ·) in place of tanh.</summary>
public sealed class RNN : Module<Tensor, Tensor?, (Tensor, Tensor)>
{
    private static readonly Operator KernelOfTanh = new("rnn_tanh.input");
    private static readonly Operator KernelOfReLU = new("rnn_relu.input");

    private readonly RecurrentWeights _weights;
    private readonly Operator _kernel;

    internal RNN(RecurrentWeights weights, NonLinearities nonLinearity, Device? device, ScalarType? dtype) : base(nameof(RNN))
    {
        _weights = weights;
        _kernel = nonLinearity == NonLinearities.ReLU ? KernelOfReLU : KernelOfTanh;
        weights.Make(register_parameter, device, dtype);
        weights.Take(this);
    }

    /// <summary>
    /// [time, batch, features] and h [layers · directions, batch, hidden] → output [time, batch, directions · hidden], h.
    /// </summary>
    /// <exception cref="ArgumentException">A shape does not fit.</exception>
    public override (Tensor, Tensor) forward(Tensor input, Tensor? h0)
    {
        var w = _weights;
        var h = w.InitialState(input, h0); // [layers · directions, batch, hidden]
        var result = _kernel.Call2(input, h, w.All, w.Bias, w.Layers, w.Dropout, training, w.Bidirectional, w.BatchFirst);
        if (h0 is null) h.Dispose();
        return result;
    }

    /// <summary>The same, between the hooks.</summary>
    public new (Tensor, Tensor) call(Tensor input, Tensor? h0 = null) => base.call(input, h0);

    /// <summary>Lays the weights out for cuDNN; needed after a weight was replaced.</summary>
    public void flatten_parameters() => _weights.Flatten();

    /// <summary>W of a layer, [hidden, features].</summary>
    public Parameter? get_weight_ih(long idx) => get_parameter($"weight_ih_l{idx}");

    /// <summary>U of a layer, [hidden, hidden].</summary>
    public Parameter? get_weight_hh(long idx) => get_parameter($"weight_hh_l{idx}");

    /// <summary>b of a layer, [hidden], or null.</summary>
    public Parameter? get_bias_ih(long idx) => get_parameter($"bias_ih_l{idx}");

    /// <summary>c of a layer, [hidden], or null.</summary>
    public Parameter? get_bias_hh(long idx) => get_parameter($"bias_hh_l{idx}");

    private protected override void OnMoved() => _weights.Take(this);
}
