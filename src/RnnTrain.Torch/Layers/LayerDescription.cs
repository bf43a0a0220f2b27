namespace RnnTrain.Layers;

/// <summary>How one layer of a stack is computed, and why so; for people.</summary>
/// <param name="Layer">Counted from 0.</param>
/// <param name="Cell">The `type` of its cell.</param>
/// <param name="InputSize">Features of a time step of its input.</param>
/// <param name="HiddenSize">Hidden units a direction.</param>
/// <param name="Directions">1, or 2 for a bidirectional layer.</param>
/// <param name="Computation">Which way.</param>
/// <param name="Reason">Why this path was taken.</param>
public sealed record LayerDescription(int Layer, string Cell, long InputSize, long HiddenSize, int Directions, LayerComputation Computation, string Reason)
{
    public bool IsFused => Computation == LayerComputation.Fused;

    /// <summary>`fused`, `parallel` or `unrolled`.</summary>
    public string Path => Computation.ToString().ToLowerInvariant();
}
