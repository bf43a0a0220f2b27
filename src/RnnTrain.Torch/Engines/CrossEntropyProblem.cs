using static TorchSharp.torch;

namespace RnnTrain.Engines;

/// <summary>
/// An output layer with its loss: the cross-entropy of targets under softmax(hidden · weightᵀ + bias), summed over rows, and what is to
/// be differentiated: that sum times factor · loss scale / count. With label smoothing ε (Szegedy et al., "Rethinking the Inception
/// architecture for computer vision", 2016) what is differentiated takes (1 − ε) of it and ε of <see cref="CrossEntropySolution.EvenLossSum"/>.
/// </summary>
/// <param name="Hidden">[rows, features], contiguous.</param>
/// <param name="Weight">[classes, features].</param>
/// <param name="Bias">[classes]; null for none.</param>
/// <param name="Targets">[rows] of Int64: a class, or <see cref="Ignored"/>.</param>
/// <param name="Count">What the sum is divided by, a scalar of Int64 on the device; with 0 the objective is NaN and its gradient 0.</param>
/// <param name="Factor">What the objective is multiplied by.</param>
/// <param name="LossScale">What it is multiplied by besides, so that gradients do not vanish in Float16: a scalar of Float32 on the device; null for 1.</param>
/// <param name="Wanted">Which gradients are needed.</param>
internal sealed record CrossEntropyProblem(
    Tensor Hidden, Tensor Weight, Tensor? Bias, Tensor Targets, Tensor Count, double Factor, Tensor? LossScale, WantedGradients Wanted)
{
    /// <summary>Label smoothing: the share ε of each target that is spread evenly over all classes.</summary>
    public double Smoothing { get; init; }

    /// <summary>A target that is not to be scored, as in PyTorch.</summary>
    public const long Ignored = -100;

    /// <summary>What one row's loss contributes to the objective: factor · loss scale / count, a scalar.</summary>
    /// <param name="type">Its type; short types would not hold a loss scale.</param>
    public Tensor Share(ScalarType type)
    {
        var share = Factor / Count.clamp_min(1).to(type); // []
        return LossScale is null ? share : share.mul_(LossScale);
    }

    public long Rows => Hidden.size(0);

    public long Features => Hidden.size(1);

    public long Classes => Weight.size(0);

    /// <summary>
    /// Rows whose logits live at once: as many as fit, at least some, or the products would do little but read and write the weight and its
    /// gradient once a chunk; and chunks of nearly the same size.
    /// </summary>
    /// <param name="memory">Bytes that the logits of a chunk may take.</param>
    public long ChunkRows(long memory)
    {
        const long fewest = 256;
        var most = Math.Max(memory / (sizeof(float) * Classes), fewest);
        var chunks = Math.Max(1, (Rows + most - 1) / most);
        return Math.Max(1, (Rows + chunks - 1) / chunks);
    }
}

/// <summary>Which gradients of an output layer are needed.</summary>
internal readonly record struct WantedGradients(bool Hidden, bool Weight, bool Bias)
{
    public bool Any => Hidden || Weight || Bias;
}

/// <summary>A <see cref="CrossEntropyProblem"/> solved.</summary>
/// <param name="LossSum">The sum of the rows' losses in nats, a scalar of Float64.</param>
/// <param name="EvenLossSum">The same for targets spread evenly over all classes: Σ over rows of the mean of −ln p; null without label smoothing.</param>
/// <param name="Correct">Rows whose target has the largest logit, the first of equals; a scalar of Int64.</param>
/// <param name="HiddenGradient">[rows, features]; null where not wanted, as the others.</param>
/// <param name="WeightGradient">[classes, features].</param>
/// <param name="BiasGradient">[classes].</param>
internal sealed record CrossEntropySolution(
    Tensor LossSum, Tensor? EvenLossSum, Tensor Correct, Tensor? HiddenGradient, Tensor? WeightGradient, Tensor? BiasGradient)
{
    /// <summary>What is differentiated, before factor and count: a scalar of Float64.</summary>
    public Tensor Smoothed(double smoothing) =>
        EvenLossSum is null ? LossSum : (LossSum * (1 - smoothing)).add_(EvenLossSum * smoothing); // []
}
