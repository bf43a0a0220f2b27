using System.Diagnostics.CodeAnalysis;
using TorchSharp.Interop;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>One step of an <see cref="RNN"/>.</summary>
public sealed class RNNCell : Module<Tensor, Tensor?, Tensor>
{
    private static readonly Operator KernelOfTanh = new("rnn_tanh_cell");
    private static readonly Operator KernelOfReLU = new("rnn_relu_cell");

    [ComponentName(Name = nameof(weight_ih))] private Parameter? _weight_ih;
    [ComponentName(Name = nameof(weight_hh))] private Parameter? _weight_hh;
    [ComponentName(Name = nameof(bias_ih))] private Parameter? _bias_ih;
    [ComponentName(Name = nameof(bias_hh))] private Parameter? _bias_hh;
    private readonly long _hiddenSize;
    private readonly Operator _kernel;

    internal RNNCell(long inputSize, long hiddenSize, NonLinearities nonLinearity, bool bias, Device? device, ScalarType? dtype)
        : base(nameof(RNNCell))
    {
        _hiddenSize = hiddenSize;
        _kernel = nonLinearity == NonLinearities.ReLU ? KernelOfReLU : KernelOfTanh;
        weight_ih = Uniform([hiddenSize, inputSize]);
        weight_hh = Uniform([hiddenSize, hiddenSize]);
        if (!bias) return;
        bias_ih = Uniform([hiddenSize]);
        bias_hh = Uniform([hiddenSize]);

        Parameter Uniform(long[] shape)
        {
            var bound = 1 / Math.Sqrt(hiddenSize);
            var parameter = new Parameter(empty(shape, dtype: dtype, device: device)); // shape
            init.uniform_(parameter, -bound, bound);
            return parameter;
        }
    }

    /// <summary>The weights of the input, [hidden, features].</summary>
    [DisallowNull]
    public Parameter? weight_ih
    {
        get => _weight_ih;
        set => Own(ref _weight_ih, nameof(weight_ih), value);
    }

    /// <summary>The weights of the state, [hidden, hidden].</summary>
    [DisallowNull]
    public Parameter? weight_hh
    {
        get => _weight_hh;
        set => Own(ref _weight_hh, nameof(weight_hh), value);
    }

    /// <summary>The bias of the input, [hidden], or null.</summary>
    [DisallowNull]
    public Parameter? bias_ih
    {
        get => _bias_ih;
        set => Own(ref _bias_ih, nameof(bias_ih), value);
    }

    /// <summary>The bias of the state, [hidden], or null.</summary>
    [DisallowNull]
    public Parameter? bias_hh
    {
        get => _bias_hh;
        set => Own(ref _bias_hh, nameof(bias_hh), value);
    }

    /// <summary>[batch, features] and h [batch, hidden] → h.</summary>
    public override Tensor forward(Tensor input, Tensor? h0 = null)
    {
        if (h0 is not null) return _kernel.Call(input, h0, _weight_ih, _weight_hh, _bias_ih, _bias_hh);
        using var zero = zeros([input.shape[0], _hiddenSize], dtype: input.dtype, device: input.device); // [batch, hidden]
        return _kernel.Call(input, zero, _weight_ih, _weight_hh, _bias_ih, _bias_hh);
    }
}
