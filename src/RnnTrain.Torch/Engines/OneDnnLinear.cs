using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Engines;

/// <summary>
/// x Wᵀ + b with its derivative through oneDNN's matrix product: Float32 on the CPU. Gradients of parameters are added to their
/// own where these are leaves of the graph, so that a weight used in every time step needs no memory for each.
/// <para>Arguments of apply: x [rows, features], weight [outputs, features] and, if something is added, a bias [outputs] or [rows, outputs].</para>
/// </summary>
public sealed class OneDnnLinear : autograd.SingleTensorFunction<OneDnnLinear>
{
    private const string NeedsKey = "needs";

    public override string Name => nameof(OneDnnLinear);

    /// <summary>True where these tensors can be multiplied so.</summary>
    public static bool Serves(Tensor x, Tensor weight, Tensor? added) =>
        OneDnn.IsAvailable && FloatMemory.Holds(x) && FloatMemory.Holds(weight) && (added is null || added.dtype == ScalarType.Float32);

    /// <summary>[…, features] → […, outputs].</summary>
    public static Tensor Of(Tensor x, Tensor weight, Tensor? added)
    {
        var rows = x.dim() == 2 ? x : x.flatten(0, -2); // [rows, features]
        var product = added is null ? apply(rows, weight) : apply(rows, weight, added); // [rows, outputs]
        return x.dim() == 2 ? product : product.view([.. x.shape[..^1], weight.size(0)]); // […, outputs]
    }

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (x, weight, added) = ((Tensor)vars[0], (Tensor)vars[1], vars.Length > 2 ? (Tensor)vars[2] : null);
        var y = empty(x.size(0), weight.size(0)); // [rows, outputs]
        if (added is not null) y.copy_(added);
        Multiply(x, weight, y, beta: added is null ? 0 : 1, transposedB: true);
        ctx.save_data(NeedsKey, vars.Select(value => ((Tensor)value).requires_grad).ToArray());
        ctx.save_for_backward([x, weight, .. added is null ? Array.Empty<Tensor>() : [added]]);
        return y;
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var needs = (bool[])ctx.get_data(NeedsKey)!;
        var saved = ctx.get_saved_variables();
        var (x, weight) = (saved[0], saved[1]); // [rows, features], [outputs, features]
        using var dy = grad_output.contiguous(); // [rows, outputs]
        var results = new Tensor?[needs.Length];
        if (needs[0])
        {
            results[0] = empty(x.shape); // [rows, features]
            Multiply(dy, weight, results[0]!, beta: 0);
        }

        if (needs[1]) results[1] = Written(weight, (to, beta) => Multiply(dy, x, to, beta, transposedA: true));
        if (needs.Length > 2 && needs[2] && saved[2].dim() == 2)
        {
            results[2] = grad_output; // [rows, outputs]
        }
        else if (needs.Length > 2 && needs[2])
        {
            using var sum = dy.sum(0L); // [outputs]
            results[2] = Written(saved[2], (to, beta) => _ = beta == 0 ? to.copy_(sum) : to.add_(sum));
        }

        foreach (var tensor in saved) tensor.Dispose();
        return [.. results.Select(result => result!)];
    }

    /// <summary>Writes a gradient where it belongs; returns it where that is not the parameter's own.</summary>
    private static Tensor? Written(Tensor parameter, Action<Tensor, float> write)
    {
        if (!parameter.is_leaf)
        {
            var result = empty(parameter.shape); // as the parameter
            write(result, 0);
            return result;
        }

        using var gradient = ParameterGradient.Of(parameter);
        write(gradient.Values, gradient.Beta);
        return null;
    }

    /// <summary>c = a · b + beta · c, a or b stored transposed.</summary>
    private static unsafe void Multiply(Tensor a, Tensor b, Tensor c, float beta, bool transposedA = false, bool transposedB = false)
    {
        var inner = transposedA ? a.size(0) : a.size(1);
        OneDnn.Check(OneDnnNative.MatrixProduct(
            transposedA ? 1 : 0, transposedB ? 1 : 0, c.size(0), c.size(1), inner, FloatMemory.Of(a), a.size(1), FloatMemory.Of(b), b.size(1), beta,
            FloatMemory.Of(c), c.size(1)));
    }
}
