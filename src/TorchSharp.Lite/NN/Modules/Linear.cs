using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>y = x Wᵀ + b over the last axis.</summary>
public sealed class Linear : Module<Tensor, Tensor>
{
    [ComponentName(Name = nameof(weight))] private Parameter? _weight;
    [ComponentName(Name = nameof(bias))] private Parameter? _bias;

    internal Linear(Parameter weight, Parameter? bias) : base(nameof(Linear))
    {
        in_features = weight.shape[1];
        out_features = weight.shape[0];
        this.weight = weight;
        this.bias = bias;
    }

    internal Linear(long inputSize, long outputSize, bool hasBias, Device? device, ScalarType? dtype) : base(nameof(Linear))
    {
        in_features = inputSize;
        out_features = outputSize;
        weight = new Parameter(empty(outputSize, inputSize, dtype: dtype, device: device)); // [out, in]
        init.kaiming_uniform_(weight, a: Math.Sqrt(5));
        if (!hasBias) return;
        bias = new Parameter(empty(outputSize, dtype: dtype, device: device)); // [out]
        var bound = inputSize > 0 ? 1 / Math.Sqrt(inputSize) : 0;
        init.uniform_(bias, -bound, bound);
    }

    /// <summary>Size of the last axis that goes in.</summary>
    public long in_features { get; set; }

    /// <summary>Size of the last axis that comes out.</summary>
    public long out_features { get; set; }

    /// <summary>W, [out, in].</summary>
    public Parameter weight
    {
        get => _weight!;
        set => Own(ref _weight, nameof(weight), value);
    }

    /// <summary>b, [out], or null.</summary>
    public Parameter? bias
    {
        get => _bias;
        set => Own(ref _bias, nameof(bias), value);
    }

    /// <summary>[…, in] → […, out].</summary>
    public override Tensor forward(Tensor tensor) => functional.linear(tensor, weight, _bias);
}
