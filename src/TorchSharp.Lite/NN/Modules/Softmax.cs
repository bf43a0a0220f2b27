using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>eˣ over its sum along one axis.</summary>
public sealed class Softmax : ParameterLessModule<Tensor, Tensor>
{
    internal Softmax(long dim) : base(nameof(Softmax))
    {
        this.dim = dim;
    }

    /// <summary>The axis that sums to one.</summary>
    public long dim { get; set; }

    /// <summary>Any shape → the same.</summary>
    public override Tensor forward(Tensor tensor) => nn.functional.softmax(tensor, dim);
}
