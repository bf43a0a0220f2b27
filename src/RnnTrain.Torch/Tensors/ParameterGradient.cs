using static TorchSharp.torch;

namespace RnnTrain.Tensors;

/// <summary>
/// The gradient of a parameter as a custom autograd function writes it in its backward pass. Returned from there it would be copied,
/// since libtorch takes over only a gradient to which nobody else has a handle; so it is written where the parameter keeps it, and null
/// is returned in its place. Dispose it: that gives back the handle, not the memory, which is the parameter's.
/// </summary>
public readonly struct ParameterGradient : IDisposable
{
    private ParameterGradient(Tensor values, bool accumulates)
    {
        Values = values;
        Accumulates = accumulates;
    }

    /// <summary>The parameter's gradient, contiguous, of its shape. Not initialised unless <see cref="Accumulates"/>.</summary>
    public Tensor Values { get; }

    /// <summary>True where the gradient holds a sum to which this pass adds; false where it is to be overwritten.</summary>
    public bool Accumulates { get; }

    /// <summary>The factor of what the gradient holds, as matrix products take it: 1 to add, 0 to overwrite whatever is there.</summary>
    public float Beta => Accumulates ? 1 : 0;

    /// <summary>The gradient of a parameter, made without values where it has none.</summary>
    /// <param name="parameter">A leaf that needs a gradient.</param>
    public static ParameterGradient Of(Tensor parameter)
    {
        using var frozen = no_grad();
        var held = parameter.grad; // [any]
        if (held is not null && held.is_contiguous()) return new ParameterGradient(held, accumulates: true);
        var values = held is null ? Empty(parameter) : held.contiguous(); // [any]
        parameter.grad = values;
        held?.Dispose();
        return new ParameterGradient(values, accumulates: held is not null);
    }

    /// <summary>Adds a gradient that exists already; where the parameter has none, it takes over this one without a copy.</summary>
    /// <param name="parameter">A leaf that needs a gradient.</param>
    /// <param name="gradient">Of the parameter's shape and type. Whoever calls must not write into it afterwards.</param>
    public static void Add(Tensor parameter, Tensor gradient)
    {
        using var frozen = no_grad();
        using var held = parameter.grad; // [any]
        if (held is null) parameter.grad = gradient;
        else held.add_(gradient);
    }

    public void Dispose() => Values.Dispose();

    private static Tensor Empty(Tensor parameter) => empty(parameter.shape, dtype: parameter.dtype, device: parameter.device); // [any]
}
