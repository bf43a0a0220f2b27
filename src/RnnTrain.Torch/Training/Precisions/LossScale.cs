using static TorchSharp.torch;

namespace RnnTrain.Training.Precisions;

/// <summary>
/// Dynamic loss scaling: Micikevicius et al., "Mixed precision training" (2018), with the numbers of PyTorch's GradScaler. The gradients
/// of a scaled loss are too large by the scale, and so do not vanish below the least number of fp16, 6e-8. Where one overflows, the step
/// is skipped and the scale halved; after many good steps it is doubled. All of it happens in tensors on the device, so that no step
/// waits for it; the host reads it when it reads the losses.
/// </summary>
public sealed class LossScale : IDisposable
{
    public const double Initial = 65536;

    /// <summary>Good steps in a row after which the scale doubles.</summary>
    public const int GrowthSteps = 2000;

    public const double Floor = 1;

    /// <summary>Above it nothing is gained, and with gradients of zero the scale would leave fp32 one day.</summary>
    public const double Ceiling = 16_777_216;

    private readonly Tensor scale; // []
    private readonly Tensor goodSteps; // []
    private readonly Tensor skippedSteps; // []
    private readonly Tensor exhausted; // [], 0 or 1

    public LossScale(Device device, LossScaleState state)
    {
        scale = Number(device, state.Scale);
        goodSteps = Number(device, state.GoodSteps);
        skippedSteps = Number(device, state.SkippedSteps);
        exhausted = Number(device, state.IsExhausted ? 1 : 0);
    }

    /// <summary>What the objective of this step is to be multiplied by, a scalar on the device.</summary>
    public Tensor Value => scale;

    /// <summary>Takes note of a step.</summary>
    /// <param name="isFinite">Whether all its gradients were finite; a Boolean scalar on the device.</param>
    public void Update(Tensor isFinite)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var isGood = isFinite.to(ScalarType.Float32); // []
        var isSkipped = 1 - isGood; // []
        exhausted.add_(scale.le(Floor) * isSkipped).clamp_(0, 1);
        skippedSteps.add_(isSkipped);
        goodSteps.add_(1).mul_(isGood);
        var grows = goodSteps.ge(GrowthSteps).to(ScalarType.Float32); // []
        goodSteps.mul_(1 - grows);
        scale.mul_(1 + grows - isSkipped * 0.5).clamp_(Floor, Ceiling);
    }

    /// <summary>Waits for the device, and reads.</summary>
    public LossScaleState Read()
    {
        using var scope = NewDisposeScope();
        var numbers = stack([scale, goodSteps, skippedSteps, exhausted]).cpu().data<float>(); // [4]
        return new LossScaleState
        {
            Scale = numbers[0],
            GoodSteps = (long)numbers[1],
            SkippedSteps = (long)numbers[2],
            IsExhausted = numbers[3] > 0,
        };
    }

    /// <summary>Goes on from another state.</summary>
    public void Restore(LossScaleState state)
    {
        using var frozen = no_grad();
        scale.fill_(state.Scale);
        goodSteps.fill_(state.GoodSteps);
        skippedSteps.fill_(state.SkippedSteps);
        exhausted.fill_(state.IsExhausted ? 1 : 0);
    }

    public void Dispose()
    {
        foreach (var tensor in new[] { scale, goodSteps, skippedSteps, exhausted }) tensor.Dispose();
    }

    private static Tensor Number(Device device, double value) => tensor((float)value, device: device).DetachFromDisposeScope(); // []
}
