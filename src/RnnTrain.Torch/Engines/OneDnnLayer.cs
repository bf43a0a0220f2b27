using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Engines;

/// <summary>
/// One recurrent layer of one direction over a whole sequence, on the CPU through oneDNN: the function of nn.LSTM, nn.GRU or nn.RNN with
/// their weights, for right-padded batches too.
/// </summary>
/// <param name="Kernel">Which network.</param>
/// <param name="InputWeight">weight_ih, [gates · hidden, input].</param>
/// <param name="RecurrentWeight">weight_hh, [gates · hidden, hidden].</param>
/// <param name="InputBias">bias_ih, [gates · hidden].</param>
/// <param name="RecurrentBias">bias_hh, [gates · hidden].</param>
public sealed record OneDnnLayer(FusedKernel Kernel, Tensor InputWeight, Tensor RecurrentWeight, Tensor InputBias, Tensor RecurrentBias)
{
    private static long calls;

    /// <summary>Layers computed by this process so far, forward passes alone.</summary>
    public static long Calls => Interlocked.Read(ref calls);

    /// <summary>True where tensors like this one can be computed so: Float32 on the CPU.</summary>
    public static bool Serves(Tensor input) =>
        OneDnn.IsAvailable && input.device_type == DeviceType.CPU && input.dtype == ScalarType.Float32;

    /// <summary>Reads a batch of sequences.</summary>
    /// <param name="input">[time, batch, input].</param>
    /// <param name="hidden">h before the first step, [batch, hidden].</param>
    /// <param name="memory">c before the first step, [batch, hidden]; null but for an LSTM.</param>
    /// <param name="lengths">Where each example ends, [batch]; null where all do at the last step.</param>
    /// <param name="reverse">True to read each example from its end to its beginning.</param>
    /// <returns>
    /// The output, [time, batch, hidden], zero beyond an example's length; h and c as they were after each example's last step that was
    /// read, [batch, hidden].
    /// </returns>
    public (Tensor Output, Tensor Hidden, Tensor? Memory) Forward(
        Tensor input, Tensor hidden, Tensor? memory, IReadOnlyList<long>? lengths = null, bool reverse = false)
    {
        Interlocked.Increment(ref calls);
        Tensor[] tensors =
        [
            input, InputWeight, RecurrentWeight, InputBias, RecurrentBias, hidden, .. memory is null ? [] : new[] { memory },
        ];
        var shape = new RecurrentShape(Kernel, input.size(0), input.size(1), input.size(2), hidden.size(1), lengths?.ToArray(), reverse);
        if (is_grad_enabled() && tensors.Any(tensor => tensor.requires_grad))
        {
            var results = OneDnnRecurrence.apply([shape, .. tensors]);
            return (results[0], results[1], results.ElementAtOrDefault(2));
        }

        using var frozen = no_grad();
        var (output, lastHidden, lastMemory, _) = shape.Forward(tensors, keeps: false);
        return (output, lastHidden, lastMemory);
    }
}
