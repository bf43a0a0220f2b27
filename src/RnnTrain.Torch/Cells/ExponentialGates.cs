using static TorchSharp.torch;

namespace RnnTrain.Cells;

/// <summary>
/// The exponential gates of an xLSTM, divided by e^m so that none overflows: Beck et al., "xLSTM: extended long short-term memory" (2024),
/// equations 15 to 17. The memory is divided by e^m with them, and so what is read from it is the same.
/// </summary>
/// <param name="Input">i′, at most 1.</param>
/// <param name="Forget">f′, at most 1.</param>
/// <param name="Stabilizer">m of this step.</param>
internal readonly record struct ExponentialGates(Tensor Input, Tensor Forget, Tensor Stabilizer)
{
    /// <summary>
    /// <code>
    /// m_t  = max(log f_t + m_(t−1), ĩ_t)
    /// i′_t = exp(ĩ_t − m_t)
    /// f′_t = exp(log f_t + m_(t−1) − m_t)        f_t = σ(f̃_t) or exp(f̃_t)
    /// </code>
    /// </summary>
    /// <param name="input">ĩ, the sum of the input gate: any shape.</param>
    /// <param name="forget">f̃, the sum of the forget gate: the same shape.</param>
    /// <param name="function">What f is of f̃.</param>
    /// <param name="stabilizer">m of the step before: the same shape.</param>
    public static ExponentialGates Of(Tensor input, Tensor forget, ForgetFunction function, Tensor stabilizer)
    {
        var logarithm = function == ForgetFunction.Exponential ? forget : forget.log_sigmoid(); // log f: any shape
        var kept = logarithm + stabilizer; // any shape
        var m = kept.maximum(input); // any shape
        return new((input - m).exp(), (kept - m).exp(), m);
    }
}
