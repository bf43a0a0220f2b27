using RnnTrain.Configuration;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace RnnTrain.Cells;

/// <summary>Options of <see cref="JordanCell"/>.</summary>
[Describe("The network of Jordan (1986): what is fed back is the layer's output y, a function of its hidden units, not these themselves.")]
public sealed record JordanOptions : CellOptions
{
    [Describe("The non-linearity of the hidden units and of the output units.")]
    public Activation Activation { get; init; } = Activation.Tanh;
}

/// <summary>
/// A network whose output is fed back: Jordan, "Serial order: a parallel distributed processing approach" (1986). Layers can be stacked,
/// so what is fed back is the layer's own output, not the model's; it has as many units as the layer has hidden ones. State units without
/// a memory of their own: Jordan's decay μ is 0. The state is y.
/// <code>
/// h_t = f(W_ih x_t + W_hh y_(t−1) + b_ih)        f = tanh, relu or σ
/// y_t = f(W_hy h_t + b_hy)
/// </code>
/// </summary>
public sealed class JordanCell : RecurrentCell, IGatedCell
{
    private readonly Activation activation;

    [ComponentName(Name = "weight_ih")]
    private readonly Parameter weightIh; // [hidden, input]

    [ComponentName(Name = "weight_hh")]
    private readonly Parameter weightHh; // [hidden, hidden], from y to h

    [ComponentName(Name = "weight_hy")]
    private readonly Parameter weightHy; // [hidden, hidden]

    [ComponentName(Name = "bias_ih")]
    private readonly Parameter biasIh; // [hidden]

    [ComponentName(Name = "bias_hy")]
    private readonly Parameter biasHy; // [hidden]

    public JordanCell(JordanOptions options, CellSizes sizes)
        : base(sizes)
    {
        activation = options.Activation;
        weightIh = NewParameter(sizes.Hidden, sizes.Input);
        weightHh = NewParameter(sizes.Hidden, sizes.Hidden);
        weightHy = NewParameter(sizes.Hidden, sizes.Hidden);
        biasIh = NewParameter(sizes.Hidden);
        biasHy = NewParameter(sizes.Hidden);
        RegisterComponents();
    }

    public override IReadOnlyList<StatePart> StateParts => [new("y", Sizes.Hidden)];

    /// <summary>W_ih x + b_ih.</summary>
    public override Tensor Project(Tensor input) =>
        Linear(input, weightIh, biasIh); // [time, batch, input] → [time, batch, hidden]

    public override (Tensor Output, CellState State) Step(Tensor projected, CellState state)
    {
        var (_, y) = Units(projected, state[0]); // [batch, hidden]
        return (y, new CellState(y));
    }

    public IReadOnlyList<GateActivation> Activations(Tensor projected, CellState state)
    {
        var (h, y) = Units(projected, state[0]); // [batch, hidden] twice
        var kind = ActivationFunction.KindOf(activation);
        return [new("h", kind, h), new("y", kind, y)];
    }

    public override IReadOnlyList<NamedParameter> NamedParameters() =>
    [
        new("weight_ih", weightIh, ParameterRole.InputWeight),
        new("weight_hh", weightHh, ParameterRole.RecurrentWeight),
        new("weight_hy", weightHy, ParameterRole.ProjectionWeight),
        new("bias_ih", biasIh, ParameterRole.InputBias),
        new("bias_hy", biasHy, ParameterRole.RecurrentBias),
    ];

    private (Tensor H, Tensor Y) Units(Tensor projected, Tensor last)
    {
        var h = ActivationFunction.Of(activation, Linear(last, weightHh, projected)); // [batch, hidden]
        var y = ActivationFunction.Of(activation, Linear(h, weightHy, biasHy)); // [batch, hidden]
        return (h, y);
    }
}
