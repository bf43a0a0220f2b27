using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace RnnTrain.Engines;

/// <summary>
/// −log p of the known classes of a linear chain, added up over a batch, on the CPU: <see cref="ChainPass"/> with its derivative, which is
/// formed together with the sum. It computes in Float64 whatever it is given.
/// <para>Arguments of apply: a <see cref="ChainShape"/>, scores, transitions, start, end, and whether a gradient is wanted. Result: a scalar of Float64.</para>
/// </summary>
internal sealed class ChainLikelihood : autograd.SingleTensorFunction<ChainLikelihood>
{
    public override string Name => nameof(ChainLikelihood);

    /// <summary>The sum over a batch.</summary>
    /// <param name="shape">Sizes, lengths and classes.</param>
    /// <param name="scores">[time, batch, classes].</param>
    /// <param name="transitions">[classes, classes].</param>
    /// <param name="start">[classes].</param>
    /// <param name="end">[classes].</param>
    public static Tensor Of(ChainShape shape, Tensor scores, Tensor transitions, Tensor start, Tensor end)
    {
        var isWanted = is_grad_enabled() && (scores.requires_grad || transitions.requires_grad || start.requires_grad || end.requires_grad);
        return apply(shape, scores, transitions, start, end, isWanted); // []
    }

    /// <summary>The probability of each class at each step, all that is given taken into account; zero beyond an example's length.</summary>
    /// <returns>[time, batch, classes] of Float64.</returns>
    /// <inheritdoc cref="Of" path="/param"/>
    public static Tensor Probabilities(ChainShape shape, Tensor scores, Tensor transitions, Tensor start, Tensor end)
    {
        using var scope = NewDisposeScope();
        var (_, gradients) = Run(shape, scores, transitions, start, end, isWanted: true, onlyAllPaths: true);
        return gradients[0].MoveToOuterDisposeScope();
    }

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        using var scope = NewDisposeScope();
        Tensor[] inputs = [(Tensor)vars[1], (Tensor)vars[2], (Tensor)vars[3], (Tensor)vars[4]];
        var (losses, gradients) = Run((ChainShape)vars[0], inputs[0], inputs[1], inputs[2], inputs[3], (bool)vars[5], onlyAllPaths: false);
        ctx.save_for_backward([.. gradients.Zip(inputs, (gradient, input) => gradient.to(input.dtype).MoveToOuterDisposeScope())]);
        return losses.sum().MoveToOuterDisposeScope(); // [batch] → []
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var saved = ctx.get_saved_variables();
        List<Tensor> gradients = [null!, .. saved.Select(gradient => gradient * grad_output.to(gradient.dtype)), null!];
        foreach (var tensor in saved) tensor.Dispose();
        return gradients;
    }

    /// <summary>The losses, [batch], and their derivatives by scores, transitions, start and end; none where nobody wants any.</summary>
    private static unsafe (Tensor Losses, Tensor[] Gradients) Run(
        ChainShape shape, Tensor scores, Tensor transitions, Tensor start, Tensor end, bool isWanted, bool onlyAllPaths)
    {
        var (classes, padded) = ((long)shape.Classes, ChainPass.PaddedClasses(shape.Classes));
        var x = scores.detach().to(float64).contiguous(); // [time, batch, classes]
        var (a, s, e) = (Padded(transitions, padded), Padded(start, padded), Padded(end, padded)); // [classes, padded], [padded] twice
        var losses = empty([shape.Batch], float64); // [batch]
        var toScores = isWanted ? zeros([shape.Time, shape.Batch, classes], float64) : null; // [time, batch, classes]
        var toTransitions = isWanted ? zeros([shape.Batch, classes, padded], float64) : null; // [batch, classes, padded]
        var (toStart, toEnd) = isWanted ? (zeros([shape.Batch, padded], float64), zeros([shape.Batch, padded], float64)) : (null, null); // [batch, padded]
        new ChainPass(shape)
        {
            Scores = Memory(x),
            Transitions = Memory(a),
            Start = Memory(s),
            End = Memory(e),
            Losses = Memory(losses),
            ScoreGradient = Memory(toScores),
            TransitionGradients = Memory(toTransitions),
            StartGradients = Memory(toStart),
            EndGradients = Memory(toEnd),
            OnlyAllPaths = onlyAllPaths,
        }.Run();
        if (!isWanted) return (losses, []);
        Tensor[] parts = [toTransitions!, toStart!, toEnd!];
        return (losses, [toScores!, .. parts.Select(part => part.sum(0L).narrow(-1, 0, classes).contiguous())]); // summed over the batch
    }

    /// <summary>In Float64 with −∞ behind the last class: […, classes] → […, padded].</summary>
    private static Tensor Padded(Tensor values, long padded)
    {
        var result = full([.. values.shape[..^1], padded], double.NegativeInfinity, float64); // […, padded]
        result.narrow(-1, 0, values.shape[^1]).copy_(values.detach());
        return result;
    }

    private static unsafe double* Memory(Tensor? values) =>
        values is null ? null : (double*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(values.bytes));
}
