using RnnTrain.Configuration;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace RnnTrain.Cells;

/// <summary>Options of <see cref="ElmanCell"/>.</summary>
[Describe("The simple recurrent network of Elman (1990): h is a function of input and last h.")]
public sealed record ElmanOptions : CellOptions
{
    [Describe("The non-linearity of the hidden units.")]
    public Activation Activation { get; init; } = Activation.Tanh;
}

/// <summary>
/// The simple recurrent network: Elman, "Finding structure in time" (1990), in the form of PyTorch's nn.RNN.
/// <code>
/// h_t = f(W_ih x_t + b_ih + W_hh h_(t−1) + b_hh)        f = tanh, relu or σ
/// </code>
/// </summary>
public sealed class ElmanCell : RecurrentCell, IGatedCell
{
    private readonly Activation activation;

    [ComponentName(Name = "weight_ih")]
    private readonly Parameter weightIh; // [hidden, input]

    [ComponentName(Name = "weight_hh")]
    private readonly Parameter weightHh; // [hidden, hidden]

    [ComponentName(Name = "bias_ih")]
    private readonly Parameter biasIh; // [hidden]

    [ComponentName(Name = "bias_hh")]
    private readonly Parameter biasHh; // [hidden]

    public ElmanCell(ElmanOptions options, CellSizes sizes)
        : base(sizes)
    {
        activation = options.Activation;
        weightIh = NewParameter(sizes.Hidden, sizes.Input);
        weightHh = NewParameter(sizes.Hidden, sizes.Hidden);
        biasIh = NewParameter(sizes.Hidden);
        biasHh = NewParameter(sizes.Hidden);
        RegisterComponents();
    }

    public override IReadOnlyList<StatePart> StateParts => [new("h", Sizes.Hidden)];

    /// <summary>W_ih x + b_ih + b_hh.</summary>
    public override Tensor Project(Tensor input) =>
        Linear(input, weightIh, biasIh + biasHh); // [time, batch, input] → [time, batch, hidden]

    public override (Tensor Output, CellState State) Step(Tensor projected, CellState state)
    {
        var sum = Linear(state.Hidden, weightHh, projected); // [batch, hidden]
        var h = ActivationFunction.Of(activation, sum); // [batch, hidden]
        return (h, new CellState(h));
    }

    public IReadOnlyList<GateActivation> Activations(Tensor projected, CellState state) =>
        [new("h", ActivationFunction.KindOf(activation), Step(projected, state).Output)];

    public override IReadOnlyList<NamedParameter> NamedParameters() =>
    [
        new("weight_ih", weightIh, ParameterRole.InputWeight),
        new("weight_hh", weightHh, ParameterRole.RecurrentWeight),
        new("bias_ih", biasIh, ParameterRole.InputBias),
        new("bias_hh", biasHh, ParameterRole.RecurrentBias),
    ];
}
