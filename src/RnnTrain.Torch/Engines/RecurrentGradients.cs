using System.Runtime.InteropServices;

namespace RnnTrain.Engines;

/// <summary>The gradients that a backward pass reads and writes; the fields of native/recurrent.cpp's rnt_recurrent_gradient, in order.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RecurrentGradients
{
    public float* Output;
    public float* FinalHidden;
    public float* FinalMemory;
    public float* X;
    public float* InitialHidden;
    public float* InitialMemory;
    public float* InputWeight;
    public float* RecurrentWeight;
    public float* InputBias;
    public float* RecurrentBias;
    public float InputWeightBeta;
    public float RecurrentWeightBeta;
    public float InputBiasBeta;
    public float RecurrentBiasBeta;
}
