using System.Runtime.InteropServices;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Models;

/// <summary>
/// Rows of a matrix on the CPU by their numbers, with the gradient written straight into these rows of the parameter's own. One thread
/// does it in the order of the tokens, so the sums are always the same; it is a copy of a few megabytes a step.
/// <para>Arguments of apply: the matrix, [vocabulary, features]; tokens, of Int64 and any shape; its <see cref="RowGradient"/>, or a string where it has none.</para>
/// </summary>
internal sealed unsafe class EmbeddingLookup : autograd.SingleTensorFunction<EmbeddingLookup>
{
    private const string Rows = "rows";

    public override string Name => nameof(EmbeddingLookup);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (matrix, tokens) = ((Tensor)vars[0], (Tensor)vars[1]);
        ctx.save_for_backward([matrix, tokens]);
        ctx.save_data(Rows, vars[2]);
        var (vocabulary, features) = ((ulong)matrix.size(0), (int)matrix.size(1));
        var found = empty([.. tokens.shape, features]); // tokens, features
        var from = FloatMemory.Of(matrix);
        var into = FloatMemory.Of(found);
        foreach (var token in Numbers(tokens))
        {
            if ((ulong)token >= vocabulary) throw new ArgumentOutOfRangeException(nameof(vars), token, $"no token of a vocabulary of {vocabulary}");
            new ReadOnlySpan<float>(from + (token * features), features).CopyTo(new Span<float>(into, features));
            into += features;
        }

        return found;
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var saved = ctx.get_saved_variables();
        using var matrix = saved[0]; // [vocabulary, features]
        using var tokens = saved[1]; // any shape
        using var gradient = grad_output.contiguous(); // tokens, features
        var values = FloatMemory.Of(gradient);
        if (ctx.get_data(Rows) is RowGradient rows) rows.Add(matrix, Numbers(tokens), values);
        else RowGradient.AddRows(matrix, Numbers(tokens), values);
        return [null!, null!, null!];
    }

    private static ReadOnlySpan<long> Numbers(Tensor tokens) => MemoryMarshal.Cast<byte, long>(tokens.bytes);
}
