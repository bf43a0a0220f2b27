using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Engines;

/// <summary>
/// All of a native recurrent call but its tensors, which go by places: 0 input, 1 weight_ih, 2 weight_hh, 3 bias_ih, 4 bias_hh, 5 h, and
/// of an LSTM 6 c.
/// </summary>
internal sealed record RecurrentShape(FusedKernel Kernel, long Time, long Batch, long Input, long Hidden, long[]? Lengths, bool Reverse)
{
    internal const int HiddenPlace = 5;
    internal const int MemoryPlace = 6;

    public bool HasMemory => Kernel == FusedKernel.Lstm;

    /// <summary>Runs forward. Nothing is recorded for gradients.</summary>
    /// <param name="tensors">By places.</param>
    /// <param name="keeps">True to return what <see cref="Backward"/> needs as Workspace, of a form that only native code knows.</param>
    public unsafe (Tensor Output, Tensor Hidden, Tensor? Memory, Tensor? Workspace) Forward(IReadOnlyList<Tensor> tensors, bool keeps)
    {
        using var plain = new PlainTensors(tensors);
        var output = empty(Time, Batch, Hidden); // [time, batch, hidden]
        var hidden = empty(Batch, Hidden); // [batch, hidden]
        var memory = HasMemory ? empty(Batch, Hidden) : null; // [batch, hidden]
        fixed (long* lengths = Lengths)
        {
            var call = Call(plain, lengths, output);
            call.FinalHidden = PlainTensors.Pointer(hidden);
            call.FinalMemory = PlainTensors.Pointer(memory);
            RecurrentSizes sizes;
            OneDnn.Check(OneDnnNative.RecurrentSizes(&call, &sizes));
            var workspace = keeps ? empty(sizes.Workspace) : null; // [floats]
            using var scratch = empty(keeps ? sizes.TrainingScratch : sizes.InferenceScratch); // [floats]
            call.Workspace = PlainTensors.Pointer(workspace);
            call.Scratch = PlainTensors.Pointer(scratch);
            OneDnn.Check(OneDnnNative.RecurrentForward(&call));
            return (output, hidden, memory, workspace);
        }
    }

    /// <summary>Runs backward. The gradients of the weights are written into these parameters' own.</summary>
    /// <param name="tensors">By places, as Forward had them.</param>
    /// <param name="output">Forward's.</param>
    /// <param name="workspace">Forward's; it is read and stays as it is.</param>
    /// <param name="outer">Gradients of output, h and c, as far as there are any.</param>
    /// <param name="needs">By places, whose gradients are asked for.</param>
    /// <returns>By places; null for the weights.</returns>
    public unsafe Tensor?[] Backward(
        IReadOnlyList<Tensor> tensors, Tensor output, Tensor workspace, IReadOnlyList<Tensor?> outer, IReadOnlyList<bool> needs)
    {
        using var plain = new PlainTensors(tensors);
        using var above = new PlainTensors(outer);
        var results = new Tensor?[tensors.Count];
        foreach (var place in new[] { 0, HiddenPlace, MemoryPlace })
        {
            if (place < tensors.Count && needs[place]) results[place] = empty(tensors[place].shape); // as the tensor
        }

        var weights = Enumerable.Range(1, 4).Select(place => needs[place] ? ParameterGradient.Of(tensors[place]) : default).ToArray();
        fixed (long* lengths = Lengths)
        {
            var call = Call(plain, lengths, output);
            RecurrentSizes sizes;
            OneDnn.Check(OneDnnNative.RecurrentSizes(&call, &sizes));
            using var scratch = empty(sizes.BackwardScratch); // [floats]
            call.Workspace = PlainTensors.Pointer(workspace);
            call.Scratch = PlainTensors.Pointer(scratch);
            var gradients = new RecurrentGradients
            {
                Output = above[0],
                FinalHidden = above[1],
                FinalMemory = above[2],
                X = PlainTensors.Pointer(results[0]),
                InitialHidden = PlainTensors.Pointer(results[HiddenPlace]),
                InitialMemory = HasMemory ? PlainTensors.Pointer(results[MemoryPlace]) : null,
                InputWeight = PlainTensors.Pointer(weights[0].Values),
                RecurrentWeight = PlainTensors.Pointer(weights[1].Values),
                InputBias = PlainTensors.Pointer(weights[2].Values),
                RecurrentBias = PlainTensors.Pointer(weights[3].Values),
                InputWeightBeta = weights[0].Beta,
                RecurrentWeightBeta = weights[1].Beta,
                InputBiasBeta = weights[2].Beta,
                RecurrentBiasBeta = weights[3].Beta,
            };
            OneDnn.Check(OneDnnNative.RecurrentBackward(&call, &gradients));
        }

        foreach (var weight in weights) weight.Values?.Dispose();
        return results;
    }

    private unsafe RecurrentCall Call(PlainTensors tensors, long* lengths, Tensor output) => new()
    {
        Cell = (int)Kernel,
        Reverse = Reverse ? 1 : 0,
        Time = Time,
        Batch = Batch,
        Input = Input,
        Hidden = Hidden,
        Lengths = lengths,
        X = tensors[0],
        InputWeight = tensors[1],
        RecurrentWeight = tensors[2],
        InputBias = tensors[3],
        RecurrentBias = tensors[4],
        InitialHidden = tensors[HiddenPlace],
        InitialMemory = tensors[MemoryPlace],
        Output = PlainTensors.Pointer(output),
    };
}
