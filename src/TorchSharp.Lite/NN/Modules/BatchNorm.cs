using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>(x − mean) / √(variance + ε) · w + b per channel over the batch (Ioffe and Szegedy, 2015).</summary>
public abstract class BatchNorm : NormBase
{
    /// <summary>Makes the parameters and statistics.</summary>
    public BatchNorm(
        long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype,
        string name)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, name) { }

    /// <summary>[batch, channels, …] → the same; in training, the running statistics move.</summary>
    public override Tensor forward(Tensor input)
    {
        ValidateInputDimensions(input);
        var factor = momentum ?? 0;
        if (training && num_batches_tracked is { } seen)
        {
            seen.add_(1);
            factor = momentum ?? 1.0 / seen.item<long>();
        }
        var byBatch = training || running_mean is null;
        var running = !training || track_running_stats;
        return functional.batch_norm(
            input, (running ? running_mean : null)!, (running ? running_var : null)!, affine ? weight : null, bias, byBatch, factor, eps);
    }
}

/// <summary><see cref="BatchNorm"/> for [batch, channels] and [batch, channels, time].</summary>
public sealed class BatchNorm1d : BatchNorm
{
    internal BatchNorm1d(
        long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(BatchNorm1d)) { }

    /// <summary>Refuses an input that has not two or three axes.</summary>
    protected override void ValidateInputDimensions(Tensor input)
    {
        if (input.dim() is not (2 or 3)) throw new ArgumentException($"expected 2D or 3D input, but got {input.dim()}D input.");
    }
}

/// <summary><see cref="BatchNorm"/> for [batch, channels, height, width].</summary>
public sealed class BatchNorm2d : BatchNorm
{
    internal BatchNorm2d(
        long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(BatchNorm2d)) { }

    /// <summary>Refuses an input that has not four axes.</summary>
    protected override void ValidateInputDimensions(Tensor input)
    {
        if (input.dim() != 4) throw new ArgumentException($"expected 4D input, but got {input.dim()}D input.");
    }
}
