using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Layers;

/// <summary>
/// Dropout of numbers in plain CPU memory, one pass each way on all threads: the mask is hashed out of place and key, and so needs no memory.
/// Its key comes from libtorch's generator.
/// <para>Arguments of apply: the numbers, of any shape; the share of them that becomes zero.</para>
/// </summary>
internal sealed class HashedDropout : autograd.SingleTensorFunction<HashedDropout>
{
    private const string Mask = "mask";

    public override string Name => nameof(HashedDropout);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var mask = HashedMask.Drawn((double)vars[1]);
        ctx.save_data(Mask, mask);
        return mask.Dropped((Tensor)vars[0]); // [any]
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        using var gradient = grad_output.contiguous(); // [any]
        return [((HashedMask)ctx.get_data(Mask)!).Dropped(gradient), null!];
    }
}
