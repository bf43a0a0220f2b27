using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>x − log Σ eˣ along one axis.</summary>
public sealed class LogSoftmax : ParameterLessModule<Tensor, Tensor>
{
    internal LogSoftmax(long dim) : base(nameof(LogSoftmax))
    {
        this.dim = dim;
    }

    /// <summary>The axis whose exponentials sum to one.</summary>
    public long dim { get; set; }

    /// <summary>Any shape → the same.</summary>
    public override Tensor forward(Tensor tensor) => nn.functional.log_softmax(tensor, dim);
}
