using RnnTrain.Configuration;
using static TorchSharp.torch;

namespace RnnTrain.Training;

/// <summary>The mean loss of a step and the norm of its gradient: as numbers, or as a tensor on the device that nobody has read yet.</summary>
public readonly struct StepNumbers
{
    /// <param name="loss">Mean over the step's tokens, in nats.</param>
    /// <param name="norm">Before clipping.</param>
    /// <param name="clippedNorm">After it.</param>
    public StepNumbers(double loss, double norm, double clippedNorm) => (Loss, Norm, ClippedNorm) = (loss, norm, clippedNorm);

    /// <param name="unread">Loss and both norms, [3] of Float32; whoever reads it disposes of it.</param>
    public StepNumbers(Tensor unread) => Unread = unread;

    public double Loss { get; }

    public double Norm { get; }

    public double ClippedNorm { get; }

    /// <summary>Loss and both norms on the device, [3]; null where they are known.</summary>
    public Tensor? Unread { get; }

    /// <exception cref="TrainingDivergedException">One of them is infinite or no number.</exception>
    public static void RequireFinite(long step, double loss, double norm)
    {
        if (double.IsFinite(loss) && double.IsFinite(norm)) return;
        throw new TrainingDivergedException(step, FormattableString.Invariant($"the loss is {loss}, the gradient norm {norm}"));
    }
}
