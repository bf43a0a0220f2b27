using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Makes one axis of several.</summary>
public sealed class Flatten : ParameterLessModule<Tensor, Tensor>
{
    internal Flatten(long start_dim, long end_dim) : base(nameof(Flatten))
    {
        this.start_dim = start_dim;
        this.end_dim = end_dim;
    }

    /// <summary>The first axis.</summary>
    public long start_dim { get; set; }

    /// <summary>The last axis; −1 is the tensor's last.</summary>
    public long end_dim { get; set; }

    /// <summary>[a, b, c, d] → [a, b·c·d] with the defaults.</summary>
    public override Tensor forward(Tensor input) => input.flatten(start_dim, end_dim);
}
