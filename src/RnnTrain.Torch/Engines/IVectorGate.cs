using System.Runtime.Intrinsics;

namespace RnnTrain.Engines;

/// <summary>A <see cref="ScanGate"/> for as many hidden units as a vector holds.</summary>
internal unsafe interface IVectorGate
{
    /// <summary>k, the share of the state that is kept.</summary>
    Vector512<float> Keep { get; }

    /// <summary>Reads the gate's inputs.</summary>
    /// <param name="inputs">The first input; the others stand <paramref name="hidden"/> numbers further on each.</param>
    /// <param name="bias">What is added to the first; the others alike.</param>
    /// <param name="hidden">Hidden units.</param>
    /// <param name="count">How many numbers of a vector there are.</param>
    void Read(float* inputs, float* bias, long hidden, int count);

    /// <summary>Writes the gradients of the gate's inputs.</summary>
    /// <param name="gradients">The first.</param>
    /// <param name="hidden">Hidden units.</param>
    /// <param name="count">How many numbers of a vector there are.</param>
    /// <param name="logit">The gradient of log(k / (1 − k)).</param>
    void WriteGradient(float* gradients, long hidden, int count, Vector512<float> logit);
}
