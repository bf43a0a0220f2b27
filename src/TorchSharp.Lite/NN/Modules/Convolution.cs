using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>What convolutions of any number of axes share.</summary>
public abstract class Convolution : Module<Tensor, Tensor>
{
    [ComponentName(Name = nameof(weight))] private Parameter? _own_weight;
    [ComponentName(Name = nameof(bias))] private Parameter? _own_bias;

    /// <summary>Makes weights [out, in / groups, kernel…] as Kaiming's uniform rule has it.</summary>
    protected Convolution(
        string name, long in_channels, long out_channels, long[] kernel_size, long[] stride, long[]? padding, Padding? padding_type,
        long[] dilation, bool transposed, long[] output_padding, long groups, bool bias, PaddingModes padding_mode,
        Device? device = null, ScalarType? dtype = null)
        : base(name)
    {
        this.in_channels = in_channels;
        this.out_channels = out_channels;
        this.kernel_size = kernel_size;
        this.stride = stride;
        this.padding_type = padding_type;
        this.padding = padding_type is null ? padding ?? new long[kernel_size.Length] : null;
        this.dilation = dilation;
        this.transposed = transposed;
        this.output_padding = output_padding;
        this.groups = groups;
        this.padding_mode = padding_mode;
        weight = new Parameter(empty([out_channels, in_channels / groups, .. kernel_size], dtype: dtype, device: device));
        if (bias) this.bias = new Parameter(empty(out_channels, dtype: dtype, device: device)); // [out]
        reset_parameters();
    }

    /// <summary>Channels that go in.</summary>
    public long in_channels { get; }

    /// <summary>Channels that come out.</summary>
    public long out_channels { get; }

    /// <summary>Whether this is the transpose of a convolution.</summary>
    public bool transposed { get; }

    /// <summary>How much padding there is, where it is not given in numbers.</summary>
    public Padding? padding_type { get; private set; }

    /// <summary>Padding at both ends of each axis, or null where <see cref="padding_type"/> says it.</summary>
    public long[]? padding { get; private set; }

    /// <summary>What the padding is made of.</summary>
    public PaddingModes padding_mode { get; set; }

    /// <summary>How many groups of channels are convolved apart.</summary>
    public long groups { get; set; }

    /// <summary>Size of the kernel along each axis.</summary>
    public long[] kernel_size { get; set; }

    /// <summary>Step along each axis.</summary>
    public long[] stride { get; set; }

    /// <summary>Distance of the kernel's elements along each axis.</summary>
    public long[] dilation { get; set; }

    /// <summary>Further size of a transposed convolution's output along each axis.</summary>
    public long[] output_padding { get; set; }

    /// <summary>The kernels, [out, in / groups, kernel…].</summary>
    public Parameter weight
    {
        get => _own_weight!;
        set => Own(ref _own_weight, nameof(weight), value);
    }

    /// <summary>[out], or null.</summary>
    public Parameter? bias
    {
        get => _own_bias;
        set => Own(ref _own_bias, nameof(bias), value);
    }

    /// <summary>Draws new weights.</summary>
    public void reset_parameters()
    {
        init.kaiming_uniform_(weight, Math.Sqrt(5));
        if (bias is null) return;
        var (fanIn, _) = init.CalculateFanInAndFanOut(weight);
        if (fanIn == 0) return;
        var bound = 1 / Math.Sqrt(fanIn);
        init.uniform_(bias, -bound, bound);
    }

    /// <summary>Whether an input has this many axes besides channels and perhaps batch, and the right channels.</summary>
    protected bool ValidateShape(Tensor input, long dimensions)
    {
        var shape = input.shape;
        return (shape.Length == dimensions + 2 && shape[1] == in_channels) || (shape.Length == dimensions + 1 && shape[0] == in_channels);
    }

    /// <summary>Padding before and behind each axis, the last axis first, as <c>functional.pad</c> takes it.</summary>
    private protected long[] BothEnds()
    {
        var ends = new List<long>();
        for (var axis = kernel_size.Length - 1; axis >= 0; axis--)
        {
            var total = padding_type switch
            {
                Padding.Same => dilation[axis] * (kernel_size[axis] - 1),
                Padding.Valid => 0,
                _ => 2 * padding![axis],
            };
            ends.Add(total / 2);
            ends.Add(total - total / 2);
        }
        return [.. ends];
    }
}
