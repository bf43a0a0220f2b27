using System.Runtime.Intrinsics;
using RnnTrain.Cells;
using RnnTrain.Tensors;
using RnnTrain.Training.Optimizers;
using RnnTrain.Training.Precisions;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Training;

/// <summary>
/// What keeps steps short: each number of the gradient is brought into a range (Mikolov 2012), then the whole gradient is scaled down to a
/// norm (Pascanu et al. 2013). The scaling is left to the optimizer, which reads the gradient anyway.
/// </summary>
/// <param name="parameters">What is trained.</param>
/// <param name="norm">The longest norm; null for no limit.</param>
/// <param name="value">The largest magnitude of a number; null for no limit.</param>
public sealed class GradientClipping(IReadOnlyList<NamedParameter> parameters, double? norm, double? value) : ICpuJob
{
    private readonly GradientNorm gradientNorm = new(parameters);
    private readonly ParameterMemory memory = new(parameters);

    /// <summary>Clips the gradients by value, in place, and says what else is to be done; waits for the device.</summary>
    /// <returns>
    /// The norm before clipping, the norm after it, and what the optimizer is to multiply gradients by. Where the norm is not finite,
    /// nothing was clipped.
    /// </returns>
    public (double Before, double After, double Scale) Clip()
    {
        var before = gradientNorm.Measure();
        if (!double.IsFinite(before)) return (before, before, 1);
        var after = before;
        if (value is { } most)
        {
            ClipValues(most);
            after = gradientNorm.Measure();
        }

        var scale = GradientNorm.ScaleToClip(after, norm);
        return (before, after * scale, scale);
    }

    /// <summary>The same on the device, of vectors that are the caller's own, which are clipped by value in place. Scalars.</summary>
    /// <param name="gradients">Of all parameters.</param>
    /// <param name="precision">Knows by what the gradients are too large.</param>
    public (Tensor Before, Tensor After, Tensor Scale) Clip(IReadOnlyList<FlatGradient> gradients, MixedPrecision precision)
    {
        var before = precision.Unscaled(GradientNorm.Of(gradients)); // []
        var after = before; // []
        if (value is { } most)
        {
            foreach (var flat in gradients) ClipScaled(flat.Values, most, precision.LossScale?.Value);
            after = precision.Unscaled(GradientNorm.Of(gradients)); // []
        }

        var scale = GradientNorm.ScaleToClip(after, norm); // []
        return (before, after * scale, precision.Unscaled(scale));
    }

    unsafe void ICpuJob.Do(int unit)
    {
        var (least, most) = (Vector512.Create((float)-value!.Value), Vector512.Create((float)value.Value));
        foreach (var stretch in memory[unit])
        {
            var g = stretch.Gradient;
            var i = 0;
            for (; i <= stretch.Count - Vector512<float>.Count; i += Vector512<float>.Count)
            {
                Vector512.Min(Vector512.Max(Vector512.Load(g + i), least), most).Store(g + i);
            }

            for (; i < stretch.Count; i++) g[i] = Math.Clamp(g[i], -(float)value.Value, (float)value.Value);
        }
    }

    private void ClipValues(double most)
    {
        memory.Find(rowsOnly: true);
        CpuTeam.Run(this, memory.Units);
        using var frozen = no_grad();
        foreach (var other in memory.Others)
        {
            using var gradient = parameters[other].Parameter.grad!; // [any]
            gradient.clamp_((Scalar)(-most), (Scalar)most);
        }
    }

    private static void ClipScaled(Tensor gradient, double most, Tensor? lossScale)
    {
        if (lossScale is not null) gradient.div_(lossScale);
        gradient.clamp_((Scalar)(-most), (Scalar)most);
        if (lossScale is not null) gradient.mul_(lossScale);
    }
}
