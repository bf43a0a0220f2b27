using System.Runtime.InteropServices;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Models;

/// <summary>
/// Rows of a matrix on the CPU by their numbers, with the gradient written straight into these rows of the parameter's own. One thread
/// does it in the order of the tokens, so the sums are always the same; it is a copy of a few megabytes a step.
/// <para>Arguments of apply: the matrix, [vocabulary, features]; tokens, [time, batch] of Int64; its <see cref="RowGradient"/>, or a string where it has none.</para>
/// </summary>
internal sealed class EmbeddingLookup : autograd.SingleTensorFunction<EmbeddingLookup>
{
    private const string Rows = "rows";

    public override string Name => nameof(EmbeddingLookup);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (matrix, tokens) = ((Tensor)vars[0], (Tensor)vars[1]);
        ctx.save_for_backward([matrix, tokens]);
        ctx.save_data(Rows, vars[2]);
        var (vocabulary, features) = ((ulong)matrix.size(0), (int)matrix.size(1));
        var found = empty(tokens.size(0), tokens.size(1), features); // [time, batch, features]
        var from = MemoryMarshal.Cast<byte, float>(matrix.bytes);
        var into = MemoryMarshal.Cast<byte, float>(found.bytes);
        foreach (var token in MemoryMarshal.Cast<byte, long>(tokens.bytes))
        {
            if ((ulong)token >= vocabulary) throw new ArgumentOutOfRangeException(nameof(vars), token, $"no token of a vocabulary of {vocabulary}");
            from.Slice((int)token * features, features).CopyTo(into);
            into = into[features..];
        }

        return found;
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var saved = ctx.get_saved_variables();
        using var matrix = saved[0]; // [vocabulary, features]
        using var tokens = saved[1]; // [time, batch]
        using var gradient = grad_output.contiguous(); // [time, batch, features]
        var numbers = MemoryMarshal.Cast<byte, long>(tokens.bytes);
        var values = MemoryMarshal.Cast<byte, float>(gradient.bytes);
        if (ctx.get_data(Rows) is RowGradient rows) rows.Add(matrix, numbers, values);
        else RowGradient.AddRows(matrix, numbers, values);
        return [null!, null!, null!];
    }
}
