using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>(x − mean) / √(variance + ε) · w + b over the last axes (Ba, Kiros and Hinton, 2016).</summary>
public sealed class LayerNorm : Module<Tensor, Tensor>
{
    [ComponentName(Name = nameof(weight))] private Parameter? _weight;
    [ComponentName(Name = nameof(bias))] private Parameter? _bias;

    internal LayerNorm(long[] normalized_shape, double eps, bool elementwise_affine, bool bias, Device? device, ScalarType? dtype)
        : base(nameof(LayerNorm))
    {
        this.normalized_shape = normalized_shape;
        this.eps = eps;
        this.elementwise_affine = elementwise_affine;
        if (!elementwise_affine) return;
        weight = new Parameter(ones(normalized_shape, dtype: dtype, device: device)); // normalized_shape
        if (bias) this.bias = new Parameter(zeros(normalized_shape, dtype: dtype, device: device)); // normalized_shape
    }

    /// <summary>The sizes of the axes normalised over, the last of the input.</summary>
    public long[] normalized_shape { get; set; }

    /// <summary>ε.</summary>
    public double eps { get; set; }

    /// <summary>Whether there are w and b.</summary>
    public bool elementwise_affine { get; set; }

    /// <summary>w.</summary>
    public Parameter weight
    {
        get => _weight!;
        set => Own(ref _weight, nameof(weight), value);
    }

    /// <summary>b, or null.</summary>
    public Parameter? bias
    {
        get => _bias;
        set => Own(ref _bias, nameof(bias), value);
    }

    /// <summary>Fills w with ones and b with zeros.</summary>
    public void reset_parameters()
    {
        if (_weight is not null) init.ones_(_weight);
        if (_bias is not null) init.zeros_(_bias);
    }

    /// <summary>[…, normalized_shape] → the same.</summary>
    public override Tensor forward(Tensor tensor) => functional.layer_norm(tensor, normalized_shape, _weight, _bias, eps);
}
