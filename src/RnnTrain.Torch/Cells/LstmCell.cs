using RnnTrain.Configuration;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace RnnTrain.Cells;

/// <summary>Options of <see cref="LstmCell"/>.</summary>
[Describe("Long short-term memory with forget gates (Hochreiter and Schmidhuber 1997; Gers et al. 2000).")]
public sealed record LstmOptions : CellOptions;

/// <summary>
/// Long short-term memory: Hochreiter and Schmidhuber, "Long short-term memory" (1997), with the forget gate of Gers, Schmidhuber
/// and Cummins, "Learning to forget" (2000), in the form of PyTorch's nn.LSTM. The gates stand in the order i, f, g, o.
/// <code>
/// i_t = σ(W_ii x_t + b_ii + W_hi h_(t−1) + b_hi)
/// f_t = σ(W_if x_t + b_if + W_hf h_(t−1) + b_hf)
/// g_t = tanh(W_ig x_t + b_ig + W_hg h_(t−1) + b_hg)
/// o_t = σ(W_io x_t + b_io + W_ho h_(t−1) + b_ho)
/// c_t = f_t ⊙ c_(t−1) + i_t ⊙ g_t
/// h_t = o_t ⊙ tanh(c_t)
/// </code>
/// </summary>
public sealed class LstmCell : RecurrentCell
{
    /// <summary>i, f, g, o.</summary>
    internal const int Gates = 4;

    /// <summary>f is the second block.</summary>
    internal const int ForgetGate = 1;

    [ComponentName(Name = "weight_ih")]
    private readonly Parameter weightIh; // [4 · hidden, input]

    [ComponentName(Name = "weight_hh")]
    private readonly Parameter weightHh; // [4 · hidden, hidden]

    [ComponentName(Name = "bias_ih")]
    private readonly Parameter biasIh; // [4 · hidden]

    [ComponentName(Name = "bias_hh")]
    private readonly Parameter biasHh; // [4 · hidden]

    public LstmCell(CellSizes sizes)
        : base(sizes)
    {
        weightIh = NewParameter(Gates * sizes.Hidden, sizes.Input);
        weightHh = NewParameter(Gates * sizes.Hidden, sizes.Hidden);
        biasIh = NewParameter(Gates * sizes.Hidden);
        biasHh = NewParameter(Gates * sizes.Hidden);
        RegisterComponents();
    }

    public override IReadOnlyList<StatePart> StateParts => [new("h", Sizes.Hidden), new("c", Sizes.Hidden)];

    /// <summary>W_i x + b_i + b_h of all gates.</summary>
    public override Tensor Project(Tensor input) =>
        nn.functional.linear(input, weightIh, biasIh + biasHh); // [time, batch, input] → [time, batch, 4 · hidden]

    public override (Tensor Output, CellState State) Step(Tensor projected, CellState state)
    {
        var gates = projected.addmm(state.Hidden, weightHh.t()).chunk(Gates, 1); // 4 × [batch, hidden]
        var i = gates[0].sigmoid(); // [batch, hidden]
        var f = gates[1].sigmoid(); // [batch, hidden]
        var g = gates[2].tanh(); // [batch, hidden]
        var o = gates[3].sigmoid(); // [batch, hidden]
        var c = (f * state.Memory!) + (i * g); // [batch, hidden]
        var h = o * c.tanh(); // [batch, hidden]
        return (h, new CellState(h, c));
    }

    public override IReadOnlyList<NamedParameter> NamedParameters() =>
    [
        new("weight_ih", weightIh, ParameterRole.InputWeight, Gates, ForgetGate),
        new("weight_hh", weightHh, ParameterRole.RecurrentWeight, Gates, ForgetGate),
        new("bias_ih", biasIh, ParameterRole.InputBias, Gates, ForgetGate),
        new("bias_hh", biasHh, ParameterRole.RecurrentBias, Gates, ForgetGate),
    ];
}
