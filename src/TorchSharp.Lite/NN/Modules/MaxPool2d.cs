using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The largest element of each window over two axes.</summary>
public sealed class MaxPool2d : ParameterLessModule<Tensor, Tensor>
{
    internal MaxPool2d(long[] kernel_size, long[]? stride, long[]? padding, long[]? dilation, bool ceil_mode) : base(nameof(MaxPool2d))
    {
        this.kernel_size = kernel_size;
        this.stride = stride;
        this.padding = padding;
        this.dilation = dilation;
        this.ceil_mode = ceil_mode;
    }

    /// <summary>Sizes of a window.</summary>
    public long[] kernel_size { get; set; }

    /// <summary>Steps of the windows; null is their sizes.</summary>
    public long[]? stride { get; set; }

    /// <summary>Padding at both ends of each axis.</summary>
    public long[]? padding { get; set; }

    /// <summary>Distances of a window's elements.</summary>
    public long[]? dilation { get; set; }

    /// <summary>Whether last windows that are not full count.</summary>
    public bool ceil_mode { get; set; }

    /// <summary>[batch, channels, height, width] → [batch, channels, height′, width′].</summary>
    public override Tensor forward(Tensor input) => nn.functional.max_pool2d(input, kernel_size, stride, padding, dilation, ceil_mode);
}
