using System.Runtime.Intrinsics;

namespace RnnTrain.Engines;

/// <summary>
/// <see cref="ScanGate.ForgetAndInput"/>: k = σ(f) / (σ(f) + σ(i)) = (1 + e^−i) / ((1 + e^−i) + (1 + e^−f)), every term multiplied by e^−m
/// with m the largest exponent, so that none is infinite and the divisor is at least 1.
/// </summary>
internal unsafe struct ForgetAndInputGate : IVectorGate
{
    private Vector512<float> f; // negative, as i
    private Vector512<float> i;

    public Vector512<float> Keep { get; private set; }

    public void Read(float* inputs, float* bias, long hidden, int count)
    {
        (f, i) = (-GatedScanPass.Sum(inputs, bias, count), -GatedScanPass.Sum(inputs + hidden, bias + hidden, count));
        var m = Vector512.Max(Vector512.Max(f, i), Vector512<float>.Zero);
        var one = Vector512.Exp(-m);
        var (withF, withI) = (one + Vector512.Exp(f - m), one + Vector512.Exp(i - m));
        Keep = withI / (withI + withF);
    }

    /// <summary>∂ log(k / (1 − k)) / ∂f = σ(−f), and / ∂i = −σ(−i).</summary>
    public readonly void WriteGradient(float* gradients, long hidden, int count, Vector512<float> logit)
    {
        GatedScanPass.Store(gradients, logit * GatedScanPass.Sigmoid(f), count);
        GatedScanPass.Store(gradients + hidden, -logit * GatedScanPass.Sigmoid(i), count);
    }
}
