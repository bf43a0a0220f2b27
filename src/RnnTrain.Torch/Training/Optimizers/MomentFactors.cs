using static TorchSharp.torch;

namespace RnnTrain.Training.Optimizers;

/// <summary>
/// What a member of Adam's family makes of the gradient g, its running mean m and its running mean square v:
/// <c>w ← w − η · (γ·g + μ·m) / (ρ·√v + ε)</c>. Scalars of Float64 where the parameters are, functions of the steps taken.
/// </summary>
/// <param name="Mean">μ.</param>
/// <param name="Root">ρ.</param>
/// <param name="Epsilon">ε.</param>
/// <param name="Gradient">γ; null for 0.</param>
public readonly record struct MomentFactors(Tensor Mean, Tensor Root, Tensor Epsilon, Tensor? Gradient = null);
