using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Engines;

/// <summary>
/// <see cref="GatedScan"/> with its derivative over plain memory: Float32 on the CPU. Nothing is kept but inputs and output; the backward
/// pass computes the gates again, which costs less than to write and read them.
/// <para>Arguments of apply: a <see cref="GatedScanShape"/>, inputs, bias, initial state. Results: output, final state.</para>
/// </summary>
internal sealed class CpuGatedScan : autograd.MultiTensorFunction<CpuGatedScan>
{
    private const string ShapeKey = "shape";

    public override string Name => nameof(CpuGatedScan);

    public static bool Serves(Tensor inputs, Tensor bias, Tensor initial) =>
        FloatMemory.Holds(inputs) && FloatMemory.Holds(bias) && FloatMemory.Holds(initial);

    public static (Tensor Output, Tensor Final) Run(ScanGate gate, Tensor inputs, Tensor bias, Tensor initial, Lengths? lengths)
    {
        var shape = new GatedScanShape(gate, inputs.size(0), inputs.size(1), initial.size(1), lengths is { AllFull: false } ? lengths.Values : null);
        var results = apply(shape, inputs, bias, initial);
        return (results[0], results[1]);
    }

    public override unsafe List<Tensor> forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (shape, inputs, bias, initial) = ((GatedScanShape)vars[0], (Tensor)vars[1], (Tensor)vars[2], (Tensor)vars[3]);
        var output = empty(shape.Time, shape.Batch, shape.Hidden); // [time, batch, hidden]
        var final = empty(shape.Batch, shape.Hidden); // [batch, hidden]
        new GatedScanPass(shape)
        {
            Inputs = FloatMemory.Of(inputs),
            Bias = FloatMemory.Of(bias),
            Initial = FloatMemory.Of(initial),
            Output = FloatMemory.Of(output),
            Final = FloatMemory.Of(final),
        }.Forward();
        ctx.set_materialize_grads(false);
        ctx.save_data(ShapeKey, shape);
        ctx.save_for_backward([inputs, bias, initial, output]);
        return [output, final];
    }

    public override unsafe List<Tensor> backward(autograd.AutogradContext ctx, List<Tensor> grad_outputs)
    {
        var shape = (GatedScanShape)ctx.get_data(ShapeKey)!;
        var saved = ctx.get_saved_variables();
        using var plain = new PlainTensors([.. saved, .. grad_outputs]);
        var toInputs = empty(saved[0].shape); // [time, batch, inputs · hidden]
        using var toBiases = empty(shape.Batch, saved[1].size(0)); // [batch, inputs · hidden]
        var toInitial = empty(saved[2].shape); // [batch, hidden]
        new GatedScanPass(shape)
        {
            Inputs = plain[0],
            Bias = plain[1],
            Initial = plain[2],
            Output = plain[3],
            OutputGradient = plain[4],
            FinalGradient = plain[5],
            InputGradient = FloatMemory.Of(toInputs),
            BiasGradients = FloatMemory.Of(toBiases),
            InitialGradient = FloatMemory.Of(toInitial),
        }.Backward();
        foreach (var tensor in saved) tensor.Dispose();
        return [null!, toInputs, toBiases.sum(0L), toInitial];
    }
}
