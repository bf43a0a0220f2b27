namespace RnnTrain.Layers;

/// <summary>The way in which a layer computes a sequence.</summary>
public enum LayerComputation
{
    /// <summary>One call of a library's kernel for such networks: <see cref="FusedLayer"/>.</summary>
    Fused,

    /// <summary>All time steps at once, since none waits for the one before: <see cref="ParallelLayer"/>.</summary>
    Parallel,

    /// <summary>The cell, step by step: <see cref="RecurrentLayer"/>.</summary>
    Unrolled,
}
