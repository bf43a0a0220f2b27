using System.Diagnostics.CodeAnalysis;
using TorchSharp.Interop;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>One step of an <see cref="LSTM"/>.</summary>
public sealed class LSTMCell : Module<Tensor, (Tensor, Tensor)?, (Tensor, Tensor)>
{
    private static readonly Operator Kernel = new("lstm_cell");

    [ComponentName(Name = nameof(weight_ih))] private Parameter? _weight_ih;
    [ComponentName(Name = nameof(weight_hh))] private Parameter? _weight_hh;
    [ComponentName(Name = nameof(bias_ih))] private Parameter? _bias_ih;
    [ComponentName(Name = nameof(bias_hh))] private Parameter? _bias_hh;
    private readonly long _hiddenSize;

    internal LSTMCell(long inputSize, long hiddenSize, bool bias, Device? device, ScalarType? dtype) : base(nameof(LSTMCell))
    {
        _hiddenSize = hiddenSize;
        weight_ih = Uniform([4 * hiddenSize, inputSize]);
        weight_hh = Uniform([4 * hiddenSize, hiddenSize]);
        if (!bias) return;
        bias_ih = Uniform([4 * hiddenSize]);
        bias_hh = Uniform([4 * hiddenSize]);

        Parameter Uniform(long[] shape)
        {
            var bound = 1 / Math.Sqrt(hiddenSize);
            var parameter = new Parameter(empty(shape, dtype: dtype, device: device)); // shape
            init.uniform_(parameter, -bound, bound);
            return parameter;
        }
    }

    /// <summary>The weights of the input, [4 · hidden, features].</summary>
    [DisallowNull]
    public Parameter? weight_ih
    {
        get => _weight_ih;
        set => Own(ref _weight_ih, nameof(weight_ih), value);
    }

    /// <summary>The weights of the state, [4 · hidden, hidden].</summary>
    [DisallowNull]
    public Parameter? weight_hh
    {
        get => _weight_hh;
        set => Own(ref _weight_hh, nameof(weight_hh), value);
    }

    /// <summary>The bias of the input, [4 · hidden], or null.</summary>
    [DisallowNull]
    public Parameter? bias_ih
    {
        get => _bias_ih;
        set => Own(ref _bias_ih, nameof(bias_ih), value);
    }

    /// <summary>The bias of the state, [4 · hidden], or null.</summary>
    [DisallowNull]
    public Parameter? bias_hh
    {
        get => _bias_hh;
        set => Own(ref _bias_hh, nameof(bias_hh), value);
    }

    /// <summary>[batch, features] and (h, c), each [batch, hidden] → (h, c).</summary>
    public override (Tensor, Tensor) forward(Tensor input, (Tensor, Tensor)? h0_c0)
    {
        if (h0_c0 is { } state) return Step(input, state.Item1, state.Item2);
        using var zero = zeros([input.shape[0], _hiddenSize], dtype: input.dtype, device: input.device); // [batch, hidden]
        return Step(input, zero, zero);
    }

    /// <summary>The same, between the hooks.</summary>
    public new (Tensor, Tensor) call(Tensor input, (Tensor, Tensor)? h0_c0 = null) => base.call(input, h0_c0);

    private (Tensor, Tensor) Step(Tensor input, Tensor h, Tensor c) =>
        Kernel.Call2(input, new Tensor[] { h, c }, _weight_ih, _weight_hh, _bias_ih, _bias_hh);
}
