using RnnTrain.Cells;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace RnnTrain.Layers;

/// <summary>
/// A highway connection: Srivastava, Greff and Schmidhuber, "Training very deep networks" (2015). A gate T decides, for each feature, how
/// much of a layer's output H(x) and how much of its input x goes on; its bias is negative at the start, so that input is carried.
/// <code>
/// T = σ(W_T x + b_T)        y = T ⊙ H(x) + (1 − T) ⊙ x
/// </code>
/// </summary>
public sealed class HighwayGate : nn.Module
{
    [ComponentName(Name = "weight")]
    private readonly Parameter weight; // [features, features]

    [ComponentName(Name = "bias")]
    private readonly Parameter bias; // [features]

    public HighwayGate(long features)
        : base(nameof(HighwayGate))
    {
        weight = RecurrentCell.NewParameter(features, features);
        bias = RecurrentCell.NewParameter(features);
        RegisterComponents();
    }

    /// <param name="input">x, [time, batch, features].</param>
    /// <param name="output">H(x), of the same shape.</param>
    /// <returns>y, of the same shape.</returns>
    public Tensor Forward(Tensor input, Tensor output)
    {
        var t = nn.functional.linear(input, weight, bias).sigmoid(); // [time, batch, features]
        return input.addcmul(t, output - input, 1); // [time, batch, features], = T ⊙ H(x) + (1 − T) ⊙ x
    }

    public IReadOnlyList<NamedParameter> NamedParameters() =>
    [
        new("highway_weight", weight, ParameterRole.InputWeight),
        new("highway_bias", bias, ParameterRole.TransformBias),
    ];
}
