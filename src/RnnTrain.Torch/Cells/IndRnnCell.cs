using RnnTrain.Configuration;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace RnnTrain.Cells;

/// <summary>Options of <see cref="IndRnnCell"/>.</summary>
[Describe("Independently recurrent network (Li et al. 2018): each hidden unit sees only its own last value.")]
public sealed record IndRnnOptions : CellOptions
{
    [Describe("The non-linearity of the hidden units.")]
    public Activation Activation { get; init; } = Activation.Relu;
}

/// <summary>
/// Independently recurrent network: Li, Li, Cook, Zhu and Gao, "Independently recurrent neural network (IndRNN): building a longer and
/// deeper RNN" (2018). The recurrent weight is a vector, so a unit's gradient over n steps holds u to the power of n: with |u| near 1 it
/// neither vanishes nor explodes. Units meet in the layer above, so it wants two layers or more.
/// <code>
/// h_t = f(W_ih x_t + u ⊙ h_(t−1) + b_ih)        f = relu, tanh or σ; u is weight_hh
/// </code>
/// </summary>
public sealed class IndRnnCell : RecurrentCell, IGatedCell
{
    private readonly Activation activation;

    [ComponentName(Name = "weight_ih")]
    private readonly Parameter weightIh; // [hidden, input]

    [ComponentName(Name = "weight_hh")]
    private readonly Parameter weightHh; // [hidden]

    [ComponentName(Name = "bias_ih")]
    private readonly Parameter biasIh; // [hidden]

    public IndRnnCell(IndRnnOptions options, CellSizes sizes)
        : base(sizes)
    {
        activation = options.Activation;
        weightIh = NewParameter(sizes.Hidden, sizes.Input);
        weightHh = NewParameter(sizes.Hidden);
        biasIh = NewParameter(sizes.Hidden);
        RegisterComponents();
    }

    public override IReadOnlyList<StatePart> StateParts => [new("h", Sizes.Hidden)];

    /// <summary>W_ih x + b_ih.</summary>
    public override Tensor Project(Tensor input) =>
        Linear(input, weightIh, biasIh); // [time, batch, input] → [time, batch, hidden]

    public override (Tensor Output, CellState State) Step(Tensor projected, CellState state)
    {
        var h = ActivationFunction.Of(activation, projected.addcmul(weightHh, state.Hidden, 1)); // [batch, hidden]
        return (h, new CellState(h));
    }

    public IReadOnlyList<GateActivation> Activations(Tensor projected, CellState state) =>
        [new("h", ActivationFunction.KindOf(activation), Step(projected, state).Output)];

    public override IReadOnlyList<NamedParameter> NamedParameters() =>
    [
        new("weight_ih", weightIh, ParameterRole.InputWeight),
        new("weight_hh", weightHh, ParameterRole.DiagonalWeight),
        new("bias_ih", biasIh, ParameterRole.InputBias),
    ];
}
