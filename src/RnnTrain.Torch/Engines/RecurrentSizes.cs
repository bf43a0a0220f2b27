using System.Runtime.InteropServices;

namespace RnnTrain.Engines;

/// <summary>The floats that the buffers of a <see cref="RecurrentCall"/> must hold; filled by native/recurrent.cpp.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct RecurrentSizes
{
    /// <summary>What a forward pass leaves for its backward pass.</summary>
    public long Workspace;

    /// <summary>Scratch of a forward pass with a workspace.</summary>
    public long TrainingScratch;

    /// <summary>Scratch of a forward pass without one.</summary>
    public long InferenceScratch;

    public long BackwardScratch;
}
