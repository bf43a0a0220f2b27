namespace RnnTrain.Engines;

/// <summary>
/// What decides how much of its state a <see cref="GatedScan"/> keeps: <c>h_t = k_t ⊙ h_(t−1) + (1 − k_t) ⊙ u_t</c>. Its inputs and the
/// candidate u stand side by side.
/// </summary>
public enum ScanGate
{
    /// <summary>k = σ(f), inputs f, u.</summary>
    Forget,

    /// <summary>k = 1 − σ(z), inputs z, u.</summary>
    Update,

    /// <summary>k = σ(f) / (σ(f) + σ(i)), inputs f, i, u.</summary>
    ForgetAndInput,
}
