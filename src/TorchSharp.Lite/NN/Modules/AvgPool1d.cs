using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The mean of each window over one axis.</summary>
public sealed class AvgPool1d : ParameterLessModule<Tensor, Tensor>
{
    internal AvgPool1d(long kernel_size, long? stride, long? padding, bool ceil_mode, bool count_include_pad) : base(nameof(AvgPool1d))
    {
        this.kernel_size = kernel_size;
        this.stride = stride;
        this.padding = padding;
        this.ceil_mode = ceil_mode;
        this.count_include_pad = count_include_pad;
    }

    /// <summary>Length of a window.</summary>
    public long kernel_size { get; set; }

    /// <summary>Step of the windows; null is their length.</summary>
    public long? stride { get; set; }

    /// <summary>Padding at both ends.</summary>
    public long? padding { get; set; }

    /// <summary>Whether a last window that is not full counts.</summary>
    public bool ceil_mode { get; set; }

    /// <summary>Whether zeros of the padding count in the mean.</summary>
    public bool count_include_pad { get; set; }

    /// <summary>[batch, channels, time] → [batch, channels, time′].</summary>
    public override Tensor forward(Tensor input) =>
        nn.functional.avg_pool1d(input, kernel_size, stride, padding, ceil_mode, count_include_pad);
}
