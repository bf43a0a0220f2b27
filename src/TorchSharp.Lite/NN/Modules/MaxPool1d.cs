using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The largest element of each window over one axis.</summary>
public sealed class MaxPool1d : ParameterLessModule<Tensor, Tensor>
{
    internal MaxPool1d(long kernel_size, long? stride, long? padding, long? dilation, bool ceil_mode) : base(nameof(MaxPool1d))
    {
        this.kernel_size = kernel_size;
        this.stride = stride;
        this.padding = padding;
        this.dilation = dilation;
        this.ceil_mode = ceil_mode;
    }

    /// <summary>Length of a window.</summary>
    public long kernel_size { get; set; }

    /// <summary>Step of the windows; null is their length.</summary>
    public long? stride { get; set; }

    /// <summary>Padding at both ends.</summary>
    public long? padding { get; set; }

    /// <summary>Distance of a window's elements.</summary>
    public long? dilation { get; set; }

    /// <summary>Whether a last window that is not full counts.</summary>
    public bool ceil_mode { get; set; }

    /// <summary>[batch, channels, time] → [batch, channels, time′].</summary>
    public override Tensor forward(Tensor input) => nn.functional.max_pool1d(input, kernel_size, stride, padding, dilation, ceil_mode);

    /// <summary>The same, with where in the axis each element was.</summary>
    public (Tensor Values, Tensor Indices) forward_with_indices(Tensor input) =>
        nn.functional.max_pool1d_with_indices(input, kernel_size, stride, padding, dilation, ceil_mode);
}
