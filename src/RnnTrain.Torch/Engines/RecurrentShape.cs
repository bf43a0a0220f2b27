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
            call.FinalHidden = FloatMemory.OrNull(hidden);
            call.FinalMemory = FloatMemory.OrNull(memory);
            RecurrentSizes sizes;
            OneDnn.Check(OneDnnNative.RecurrentSizes(&call, &sizes));
            var workspace = keeps ? empty(sizes.Workspace) : null; // [floats]
            using var scratch = empty(keeps ? sizes.TrainingScratch : sizes.InferenceScratch); // [floats]
            call.Workspace = FloatMemory.OrNull(workspace);
            call.Scratch = FloatMemory.OrNull(scratch);
            OneDnn.Check(OneDnnNative.RecurrentForward(&call));
            return (output, hidden, memory, workspace);
        }
    }

    /// <summary>Runs backward. The gradients of weights that are leaves of the graph are written into their own.</summary>
    /// <param name="tensors">By places, as Forward had them.</param>
    /// <param name="output">Forward's.</param>
    /// <param name="workspace">Forward's; it is read and stays as it is.</param>
    /// <param name="outer">Gradients of output, h and c, as far as there are any.</param>
    /// <param name="needs">By places, whose gradients are asked for.</param>
    /// <returns>By places; null for what was written, or not asked for.</returns>
    public unsafe Tensor?[] Backward(
        IReadOnlyList<Tensor> tensors, Tensor output, Tensor workspace, IReadOnlyList<Tensor?> outer, IReadOnlyList<bool> needs)
    {
        using var plain = new PlainTensors(tensors);
        using var above = new PlainTensors(outer);
        var results = new Tensor?[tensors.Count];
        var written = new ParameterGradient[tensors.Count];
        for (var place = 0; place < tensors.Count; place++)
        {
            if (!needs[place]) continue;
            if (IsWeight(place) && tensors[place].is_leaf) written[place] = ParameterGradient.Of(tensors[place]);
            else results[place] = empty(tensors[place].shape); // as the tensor
        }

        fixed (long* lengths = Lengths)
        {
            var call = Call(plain, lengths, output);
            RecurrentSizes sizes;
            OneDnn.Check(OneDnnNative.RecurrentSizes(&call, &sizes));
            using var scratch = empty(sizes.BackwardScratch); // [floats]
            call.Workspace = FloatMemory.OrNull(workspace);
            call.Scratch = FloatMemory.OrNull(scratch);
            var gradients = new RecurrentGradients
            {
                Output = above[0],
                FinalHidden = above[1],
                FinalMemory = above[2],
                X = To(0),
                InputWeight = To(1),
                RecurrentWeight = To(2),
                InputBias = To(3),
                RecurrentBias = To(4),
                InitialHidden = To(HiddenPlace),
                InitialMemory = HasMemory ? To(MemoryPlace) : null,
                InputWeightBeta = written[1].Beta,
                RecurrentWeightBeta = written[2].Beta,
                InputBiasBeta = written[3].Beta,
                RecurrentBiasBeta = written[4].Beta,
            };
            OneDnn.Check(OneDnnNative.RecurrentBackward(&call, &gradients));
        }

        foreach (var gradient in written) gradient.Values?.Dispose();
        return results;

        float* To(int place) => FloatMemory.OrNull(results[place] ?? written[place].Values);
    }

    private static bool IsWeight(int place) => place is > 0 and < HiddenPlace;

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
        Output = FloatMemory.OrNull(output),
    };
}
