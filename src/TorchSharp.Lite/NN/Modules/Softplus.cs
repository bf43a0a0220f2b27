using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>log(1 + e^{βx}) / β, and x itself where βx is above the threshold.</summary>
public sealed class Softplus : ParameterLessModule<Tensor, Tensor>
{
    internal Softplus(double beta, double threshold) : base(nameof(Softplus))
    {
        this.beta = beta;
        this.threshold = threshold;
    }

    /// <summary>β.</summary>
    public double beta { get; set; }

    /// <summary>Where the function is taken to be x.</summary>
    public double threshold { get; set; }

    /// <summary>Any shape → the same.</summary>
    public override Tensor forward(Tensor tensor) => nn.functional.softplus(tensor, beta, threshold);
}
