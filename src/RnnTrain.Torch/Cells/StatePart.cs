using static TorchSharp.torch;

namespace RnnTrain.Cells;

/// <summary>One tensor of what a cell remembers of an example.</summary>
/// <param name="Name">`h`, `c`: what the cell's equations call it; a checkpoint names it so.</param>
/// <param name="Shape">Without the batch: [hidden].</param>
public sealed record StatePart(string Name, params IReadOnlyList<long> Shape)
{
    /// <summary>`hidden = 8`, for messages.</summary>
    internal string ShapeText => Shape.Count == 1 ? $"hidden = {Shape[0]}" : string.Join(", ", Shape);

    /// <summary>Whether a tensor is one of these for so many examples.</summary>
    internal bool Fits(Tensor value, long batch) => value.dim() == Shape.Count + 1 && value.size(0) == batch && value.shape.Skip(1).SequenceEqual(Shape);
}
