using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>What normalisations over a batch share: scale, shift and running statistics, each of one value per channel.</summary>
public abstract class NormBase : Module<Tensor, Tensor>
{
    [ComponentName(Name = nameof(weight))] private Parameter? _weight;
    [ComponentName(Name = nameof(bias))] private Parameter? _bias;
    [ComponentName(Name = nameof(running_mean))] private Tensor? _running_mean;
    [ComponentName(Name = nameof(running_var))] private Tensor? _running_var;
    [ComponentName(Name = nameof(num_batches_tracked))] private Tensor? _num_batches_tracked;

    /// <summary>Makes the parameters and statistics.</summary>
    public NormBase(
        long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype,
        string name)
        : base(name)
    {
        this.num_features = num_features;
        this.eps = eps;
        this.momentum = momentum;
        this.affine = affine;
        this.track_running_stats = track_running_stats;
        if (affine)
        {
            weight = new Parameter(ones(num_features, dtype: dtype, device: device)); // [channels]
            bias = new Parameter(zeros(num_features, dtype: dtype, device: device)); // [channels]
        }
        if (!track_running_stats) return;
        running_mean = zeros(num_features, dtype: dtype, device: device); // [channels]
        running_var = ones(num_features, dtype: dtype, device: device); // [channels]
        num_batches_tracked = zeros([], dtype: ScalarType.Int64, device: device); // []
    }

    /// <summary>How many channels there are.</summary>
    public long num_features { get; private set; }

    /// <summary>What is added to the variance.</summary>
    public double eps { get; set; }

    /// <summary>The weight of the newest batch in the running statistics; null weighs all batches alike.</summary>
    public double? momentum { get; set; }

    /// <summary>Whether there are scale and shift.</summary>
    public bool affine { get; private set; }

    /// <summary>Whether there are running statistics.</summary>
    public bool track_running_stats { get; private set; }

    /// <summary>The scale, [channels].</summary>
    public Parameter weight
    {
        get => _weight!;
        set => Own(ref _weight, nameof(weight), value);
    }

    /// <summary>The shift, [channels], or null.</summary>
    public Parameter? bias
    {
        get => _bias;
        set => Own(ref _bias, nameof(bias), value);
    }

    /// <summary>The mean over past batches, [channels], or null.</summary>
    public Tensor? running_mean
    {
        get => _running_mean;
        set => Own(ref _running_mean, nameof(running_mean), value);
    }

    /// <summary>The variance over past batches, [channels], or null.</summary>
    public Tensor? running_var
    {
        get => _running_var;
        set => Own(ref _running_var, nameof(running_var), value);
    }

    /// <summary>How many batches the running statistics have seen, or null.</summary>
    public Tensor? num_batches_tracked
    {
        get => _num_batches_tracked;
        set => Own(ref _num_batches_tracked, nameof(num_batches_tracked), value);
    }

    /// <summary>Forgets the running statistics.</summary>
    public void reset_running_stats()
    {
        if (!track_running_stats) return;
        _running_mean?.zero_();
        _running_var?.fill_(1);
        _num_batches_tracked?.zero_();
    }

    /// <summary>Forgets the running statistics and what was trained.</summary>
    public void reset_parameters()
    {
        reset_running_stats();
        if (!affine) return;
        init.ones_(weight);
        init.zeros_(_bias!);
    }

    /// <summary>Refuses an input of a shape that the module is not for.</summary>
    protected abstract void ValidateInputDimensions(Tensor input);
}
