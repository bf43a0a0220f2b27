using static TorchSharp.torch;

namespace RnnTrain.Training.Optimizers;

/// <summary>A member of Adam's family: how it corrects the running means that all of them keep.</summary>
public interface IMomentRule
{
    /// <summary>The share of each weight that is added to its gradient.</summary>
    double Penalty { get; }

    /// <summary>The share of each weight by which it shrinks, times the learning rate, whatever its gradient.</summary>
    double Shrinking { get; }

    /// <summary>What it remembers besides the running means.</summary>
    IReadOnlyList<(string Name, Tensor Tensor)> Memory { get; }

    /// <summary>Takes note of a step, after it was counted.</summary>
    /// <param name="t">Steps taken, a scalar of Float64.</param>
    /// <param name="isFinite">A Boolean scalar: false where the step is left out; null where it is not.</param>
    void Count(Tensor t, Tensor? isFinite);

    /// <summary>The factors of the step that was counted last.</summary>
    /// <param name="t">Steps taken, a scalar of Float64.</param>
    MomentFactors At(Tensor t);
}
