using System.Diagnostics.CodeAnalysis;
using TorchSharp.Interop;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>One step of a <see cref="GRU"/>.</summary>
public sealed class GRUCell : Module<Tensor, Tensor?, Tensor>
{
    private static readonly Operator Kernel = new("gru_cell");

    [ComponentName(Name = nameof(weight_ih))] private Parameter? _weight_ih;
    [ComponentName(Name = nameof(weight_hh))] private Parameter? _weight_hh;
    [ComponentName(Name = nameof(bias_ih))] private Parameter? _bias_ih;
    [ComponentName(Name = nameof(bias_hh))] private Parameter? _bias_hh;
    private readonly long _hiddenSize;

    internal GRUCell(long inputSize, long hiddenSize, bool bias, Device? device, ScalarType? dtype) : base(nameof(GRUCell))
    {
        _hiddenSize = hiddenSize;
        weight_ih = Uniform([3 * hiddenSize, inputSize]);
        weight_hh = Uniform([3 * hiddenSize, hiddenSize]);
        if (!bias) return;
        bias_ih = Uniform([3 * hiddenSize]);
        bias_hh = Uniform([3 * hiddenSize]);

        Parameter Uniform(long[] shape)
        {
            var bound = 1 / Math.Sqrt(hiddenSize);
            var parameter = new Parameter(empty(shape, dtype: dtype, device: device)); // shape
            init.uniform_(parameter, -bound, bound);
            return parameter;
        }
    }

    /// <summary>The weights of the input, [3 · hidden, features].</summary>
    [DisallowNull]
    public Parameter? weight_ih
    {
        get => _weight_ih;
        set => Own(ref _weight_ih, nameof(weight_ih), value);
    }

    /// <summary>The weights of the state, [3 · hidden, hidden].</summary>
    [DisallowNull]
    public Parameter? weight_hh
    {
        get => _weight_hh;
        set => Own(ref _weight_hh, nameof(weight_hh), value);
    }

    /// <summary>The bias of the input, [3 · hidden], or null.</summary>
    [DisallowNull]
    public Parameter? bias_ih
    {
        get => _bias_ih;
        set => Own(ref _bias_ih, nameof(bias_ih), value);
    }

    /// <summary>The bias of the state, [3 · hidden], or null.</summary>
    [DisallowNull]
    public Parameter? bias_hh
    {
        get => _bias_hh;
        set => Own(ref _bias_hh, nameof(bias_hh), value);
    }

    /// <summary>[batch, features] and h [batch, hidden] → h.</summary>
    public override Tensor forward(Tensor input, Tensor? h0 = null)
    {
        if (h0 is not null) return Kernel.Call(input, h0, _weight_ih, _weight_hh, _bias_ih, _bias_hh);
        using var zero = zeros([input.shape[0], _hiddenSize], dtype: input.dtype, device: input.device); // [batch, hidden]
        return Kernel.Call(input, zero, _weight_ih, _weight_hh, _bias_ih, _bias_hh);
    }
}
