using RnnTrain.Configuration;

namespace RnnTrain.Cells;

/// <summary>
/// The time-delay network of Waibel et al., "Phoneme recognition using time-delay neural networks" (1989), of <see cref="WindowCell"/>s:
/// causal one-dimensional convolutions, whose dilation grows from layer to layer as in van den Oord et al., "WaveNet" (2016).
/// </summary>
[Describe("No recurrence (Waibel et al. 1989): causal one-dimensional convolutions, dilated more from layer to layer. Shows what recurrence buys.")]
public sealed record TimeDelayOptions : CellOptions
{
    [Describe("Inputs that a unit sees.")]
    [Bounds(1)]
    public int KernelSize { get; init; } = 3;

    [Describe("Layer l, counted from 0, sees inputs that are dilation_base to the power of l steps apart.")]
    [Bounds(1, 16)]
    public int DilationBase { get; init; } = 2;

    public override bool IsParallel => true;

    /// <summary>Steps from one input to the next.</summary>
    internal long DilationOf(int layer) => (long)Math.Pow(DilationBase, layer);
}
