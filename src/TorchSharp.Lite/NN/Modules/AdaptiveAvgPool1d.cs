using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Means over as many windows as the output is to be long.</summary>
public sealed class AdaptiveAvgPool1d : ParameterLessModule<Tensor, Tensor>
{
    internal AdaptiveAvgPool1d(long output_size) : base(nameof(AdaptiveAvgPool1d)) => this.output_size = output_size;

    /// <summary>Length of the output.</summary>
    public long output_size { get; set; }

    /// <summary>[batch, channels, time] → [batch, channels, output_size].</summary>
    public override Tensor forward(Tensor input) => nn.functional.adaptive_avg_pool1d(input, output_size);
}
