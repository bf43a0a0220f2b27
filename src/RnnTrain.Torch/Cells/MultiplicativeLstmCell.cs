using RnnTrain.Configuration;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace RnnTrain.Cells;

/// <summary>Options of <see cref="MultiplicativeLstmCell"/>.</summary>
[Describe("Multiplicative LSTM (Krause et al. 2016): the recurrent matrix depends on the input.")]
public sealed record MultiplicativeLstmOptions : CellOptions;

/// <summary>
/// Multiplicative LSTM: Krause, Lu, Murray and Renals, "Multiplicative LSTM for sequence modelling" (2016). An LSTM whose gates see m in
/// the place of the last h; since m is a product of input and h, each input has a recurrent matrix of its own. Gates in the order i, f, g, o.
/// <code>
/// m_t = (W_im x_t) ⊙ (W_hm h_(t−1))
/// i_t = σ(W_ii x_t + W_mi m_t + b_i)
/// f_t = σ(W_if x_t + W_mf m_t + b_f)
/// g_t = tanh(W_ig x_t + W_mg m_t + b_g)
/// o_t = σ(W_io x_t + W_mo m_t + b_o)
/// c_t = f_t ⊙ c_(t−1) + i_t ⊙ g_t
/// h_t = o_t ⊙ tanh(c_t)
/// </code>
/// weight_im is W_im, weight_hm W_hm; weight_ih holds W_ii, W_if, W_ig, W_io, and weight_mh W_mi, W_mf, W_mg, W_mo.
/// </summary>
public sealed class MultiplicativeLstmCell : RecurrentCell, IGatedCell
{
    [ComponentName(Name = "weight_ih")]
    private readonly Parameter weightIh; // [4 · hidden, input]

    [ComponentName(Name = "weight_im")]
    private readonly Parameter weightIm; // [hidden, input]

    [ComponentName(Name = "weight_hm")]
    private readonly Parameter weightHm; // [hidden, hidden]

    [ComponentName(Name = "weight_mh")]
    private readonly Parameter weightMh; // [4 · hidden, hidden]

    [ComponentName(Name = "bias_ih")]
    private readonly Parameter biasIh; // [4 · hidden]

    public MultiplicativeLstmCell(CellSizes sizes)
        : base(sizes)
    {
        weightIh = NewParameter(LstmCell.Gates * sizes.Hidden, sizes.Input);
        weightIm = NewParameter(sizes.Hidden, sizes.Input);
        weightHm = NewParameter(sizes.Hidden, sizes.Hidden);
        weightMh = NewParameter(LstmCell.Gates * sizes.Hidden, sizes.Hidden);
        biasIh = NewParameter(LstmCell.Gates * sizes.Hidden);
        RegisterComponents();
    }

    public override IReadOnlyList<StatePart> StateParts => [new("h", Sizes.Hidden), new("c", Sizes.Hidden)];

    /// <summary>W_i x + b of the gates, then W_im x, by one product.</summary>
    public override Tensor Project(Tensor input)
    {
        var weight = cat([weightIh, weightIm]); // [5 · hidden, input]
        var bias = nn.functional.pad(biasIh, (0, Sizes.Hidden)); // [4 · hidden] → [5 · hidden]
        return Linear(input, weight, bias); // [time, batch, input] → [time, batch, 5 · hidden]
    }

    public override (Tensor Output, CellState State) Step(Tensor projected, CellState state)
    {
        var (i, f, g, o) = Gates(projected, state.Hidden); // [batch, hidden] each
        var c = (f * state.Memory!).addcmul(i, g, 1); // [batch, hidden]
        var h = o * c.tanh(); // [batch, hidden]
        return (h, new CellState(h, c));
    }

    public IReadOnlyList<GateActivation> Activations(Tensor projected, CellState state)
    {
        var (i, f, g, o) = Gates(projected, state.Hidden); // [batch, hidden] each
        return [new("i", GateKind.Sigmoid, i), new("f", GateKind.Sigmoid, f), new("g", GateKind.Tanh, g), new("o", GateKind.Sigmoid, o)];
    }

    public override IReadOnlyList<NamedParameter> NamedParameters() =>
    [
        new("weight_ih", weightIh, ParameterRole.InputWeight, LstmCell.Gates, LstmCell.ForgetGate),
        new("weight_im", weightIm, ParameterRole.InputWeight),
        new("weight_hm", weightHm, ParameterRole.RecurrentWeight),
        new("weight_mh", weightMh, ParameterRole.RecurrentWeight, LstmCell.Gates, LstmCell.ForgetGate),
        new("bias_ih", biasIh, ParameterRole.InputBias, LstmCell.Gates, LstmCell.ForgetGate),
    ];

    private (Tensor I, Tensor F, Tensor G, Tensor O) Gates(Tensor projected, Tensor h)
    {
        var x = projected.split([LstmCell.Gates * Sizes.Hidden, Sizes.Hidden], 1); // [batch, 4 · hidden], [batch, hidden]
        var m = x[1] * Linear(h, weightHm); // [batch, hidden]
        var gates = Linear(m, weightMh, x[0]).chunk(LstmCell.Gates, 1); // 4 × [batch, hidden]
        return (gates[0].sigmoid(), gates[1].sigmoid(), gates[2].tanh(), gates[3].sigmoid());
    }
}
