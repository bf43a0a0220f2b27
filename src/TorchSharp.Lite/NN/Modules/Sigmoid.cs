using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>1 / (1 + e⁻ˣ).</summary>
public sealed class Sigmoid : ParameterLessModule<Tensor, Tensor>
{
    internal Sigmoid(bool inplace) : base(nameof(Sigmoid))
    {
        this.inplace = inplace;
    }

    /// <summary>Whether the input itself is changed.</summary>
    public bool inplace { get; set; }

    /// <summary>Any shape → the same.</summary>
    public override Tensor forward(Tensor tensor) => nn.functional.sigmoid(tensor, inplace);
}
