using System.Runtime.InteropServices;

namespace RnnTrain.Engines;

/// <summary>What native/recurrent.cpp reads and writes in one call; the fields of its rnt_recurrent, in order.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RecurrentCall
{
    public int Cell;
    public int Reverse;
    public long Time;
    public long Batch;
    public long Input;
    public long Hidden;
    public long* Lengths;
    public float* X;
    public float* InputWeight;
    public float* RecurrentWeight;
    public float* InputBias;
    public float* RecurrentBias;
    public float* InitialHidden;
    public float* InitialMemory;
    public float* Output;
    public float* FinalHidden;
    public float* FinalMemory;
    public float* Workspace;
    public float* Scratch;
}
