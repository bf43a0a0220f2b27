using static TorchSharp.torch;

namespace RnnTrain.Engines;

/// <summary>
/// <see cref="OneDnnLayer"/> with its derivative. What the forward pass leaves for the backward pass is a tensor of the graph, so it goes
/// when the graph goes, whether or not there is a backward pass; and several forward passes may stand before theirs.
/// <para>Arguments of apply: a <see cref="RecurrentShape"/>, then its tensors by places. Results: output, h and, of an LSTM, c.</para>
/// </summary>
internal sealed class OneDnnRecurrence : autograd.MultiTensorFunction<OneDnnRecurrence>
{
    private const string ShapeKey = "shape";
    private const string NeedsKey = "needs";

    public override string Name => nameof(OneDnnRecurrence);

    public override List<Tensor> forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var shape = (RecurrentShape)vars[0];
        List<Tensor> tensors = [.. vars.Skip(1).Cast<Tensor>()];
        var (output, hidden, memory, workspace) = shape.Forward(tensors, keeps: true);
        ctx.set_materialize_grads(false);
        ctx.save_data(ShapeKey, shape);
        ctx.save_data(NeedsKey, tensors.Select(tensor => tensor.requires_grad).ToArray());
        ctx.save_for_backward([.. tensors, output, workspace!]);
        return memory is null ? [output, hidden] : [output, hidden, memory];
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, List<Tensor> grad_outputs)
    {
        var shape = (RecurrentShape)ctx.get_data(ShapeKey)!;
        var needs = (bool[])ctx.get_data(NeedsKey)!;
        var saved = ctx.get_saved_variables();
        var gradients = shape.Backward(saved[..needs.Length], saved[^2], saved[^1], grad_outputs, needs);
        foreach (var tensor in saved) tensor.Dispose();
        return [null!, .. gradients.Select(gradient => gradient!)];
    }
}
