using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Numerics;
using static TorchSharp.torch;

namespace RnnTrain.Models.Initializations;

/// <summary>
/// The rule that gives a network its first weights. Each parameter draws from a generator of its own, seeded by the experiment's seed and
/// the parameter's name: so the weights do not depend on the device, the path of the layers, the version of libtorch or other parameters.
/// </summary>
public abstract class Initialization(InitializationOptions options)
{
    private const double CarryingBias = -2; // Srivastava et al. (2015) take −1 to −4

    /// <summary>Gives every parameter its first values.</summary>
    /// <exception cref="UserMistakeException">A forget-gate bias is asked for, and the cell has no forget gate.</exception>
    public virtual void Apply(IReadOnlyList<NamedParameter> parameters, long seed)
    {
        if (options.ForgetGateBias is not null && parameters.All(parameter => parameter.ForgetGate is null))
        {
            throw new UserMistakeException("model.initialization.forget_gate_bias: the cell has no forget gate; leave the key out");
        }

        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        foreach (var parameter in parameters)
        {
            parameter.Parameter.copy_(First(parameter, PortableRandom.For(seed, $"initialization of {parameter.Name}")));
            if (options.ForgetGateBias is { } bias && parameter.ForgetGate is { } gate) SetForgetGateBias(parameter, gate, bias);
        }
    }

    /// <summary>
    /// The first values of one parameter, of its shape: the same by every rule for gains, learned initial states, transitions and the bias of a
    /// highway connection, else <see cref="Draw"/>.
    /// </summary>
    protected internal virtual Tensor First(NamedParameter parameter, PortableRandom random) => parameter.Role switch
    {
        ParameterRole.Gain => ones_like(parameter.Parameter),
        ParameterRole.InitialState or ParameterRole.Transition => zeros_like(parameter.Parameter),
        ParameterRole.TransformBias => full_like(parameter.Parameter, CarryingBias),
        _ => Draw(parameter, random),
    };

    /// <summary>The first values that this rule gives to a parameter of which its role does not say them, of its shape.</summary>
    protected abstract Tensor Draw(NamedParameter parameter, PortableRandom random);

    /// <summary>
    /// Jozefowicz, Zaremba and Sutskever, "An empirical exploration of recurrent network architectures" (2015). PyTorch's cells add two
    /// biases; the first takes the value and the second is 0, so that their sum is the value.
    /// </summary>
    private static void SetForgetGateBias(NamedParameter parameter, int gate, double bias)
    {
        if (parameter.Role is not (ParameterRole.InputBias or ParameterRole.RecurrentBias)) return;
        var hidden = parameter.Shape[0] / parameter.Gates;
        parameter.Parameter.narrow(0, gate * hidden, hidden).fill_(parameter.Role == ParameterRole.InputBias ? bias : 0.0); // [hidden]
    }
}
