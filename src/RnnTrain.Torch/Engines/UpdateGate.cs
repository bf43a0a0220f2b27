using System.Runtime.Intrinsics;

namespace RnnTrain.Engines;

/// <summary><see cref="ScanGate.Update"/>: k = 1 − σ(z) = σ(−z).</summary>
internal unsafe struct UpdateGate : IVectorGate
{
    public Vector512<float> Keep { get; private set; }

    public void Read(float* inputs, float* bias, long hidden, int count) => Keep = GatedScanPass.Sigmoid(-GatedScanPass.Sum(inputs, bias, count));

    public readonly void WriteGradient(float* gradients, long hidden, int count, Vector512<float> logit) =>
        GatedScanPass.Store(gradients, -logit, count);
}
