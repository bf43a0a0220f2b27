using System.Runtime.Intrinsics;

namespace RnnTrain.Engines;

/// <summary><see cref="ScanGate.Forget"/>: k = σ(f).</summary>
internal unsafe struct ForgetGate : IVectorGate
{
    public Vector512<float> Keep { get; private set; }

    public void Read(float* inputs, float* bias, long hidden, int count) => Keep = GatedScanPass.Sigmoid(GatedScanPass.Sum(inputs, bias, count));

    public readonly void WriteGradient(float* gradients, long hidden, int count, Vector512<float> logit) =>
        GatedScanPass.Store(gradients, logit, count);
}
