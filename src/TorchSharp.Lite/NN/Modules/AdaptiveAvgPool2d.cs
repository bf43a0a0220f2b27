using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Means over as many windows as the output is to have places.</summary>
public sealed class AdaptiveAvgPool2d : ParameterLessModule<Tensor, Tensor>
{
    internal AdaptiveAvgPool2d(long[] output_size) : base(nameof(AdaptiveAvgPool2d)) => this.output_size = output_size;

    /// <summary>Height and width of the output.</summary>
    public long[] output_size { get; set; }

    /// <summary>[batch, channels, height, width] → [batch, channels, output_size].</summary>
    public override Tensor forward(Tensor input) => nn.functional.adaptive_avg_pool2d(input, output_size);
}
