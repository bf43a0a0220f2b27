using RnnTrain.Configuration;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace RnnTrain.Cells;

/// <summary>Options of <see cref="GruCell"/>.</summary>
[Describe("Gated recurrent unit (Cho et al. 2014).")]
public sealed record GruOptions : CellOptions
{
    [Describe("The reset gate acts after the product with the hidden state, as in cuDNN and PyTorch; before it, as published, if false.")]
    public bool ResetAfter { get; init; } = true;
}

/// <summary>
/// Gated recurrent unit: Cho et al., "Learning phrase representations using RNN encoder–decoder" (2014), in the form of PyTorch's
/// nn.GRU: the reset gate acts after the product with the hidden state, and z keeps the old state. The gates stand in the order r, z, n.
/// <code>
/// r_t = σ(W_ir x_t + b_ir + W_hr h_(t−1) + b_hr)
/// z_t = σ(W_iz x_t + b_iz + W_hz h_(t−1) + b_hz)
/// n_t = tanh(W_in x_t + b_in + r_t ⊙ (W_hn h_(t−1) + b_hn))
/// h_t = (1 − z_t) ⊙ n_t + z_t ⊙ h_(t−1)
/// </code>
/// With reset_after: false it is as published, of the same parameters:
/// <code>
/// n_t = tanh(W_in x_t + b_in + W_hn (r_t ⊙ h_(t−1)) + b_hn)
/// </code>
/// </summary>
public sealed class GruCell : RecurrentCell, IGatedCell
{
    /// <summary>r, z, n.</summary>
    internal const int Gates = 3;

    /// <summary>z, the second block, keeps h: what an LSTM's forget gate does for c.</summary>
    internal const int ForgetGate = 1;

    private readonly bool resetAfter;

    [ComponentName(Name = "weight_ih")]
    private readonly Parameter weightIh; // [3 · hidden, input]

    [ComponentName(Name = "weight_hh")]
    private readonly Parameter weightHh; // [3 · hidden, hidden]

    [ComponentName(Name = "bias_ih")]
    private readonly Parameter biasIh; // [3 · hidden]

    [ComponentName(Name = "bias_hh")]
    private readonly Parameter biasHh; // [3 · hidden]

    public GruCell(GruOptions options, CellSizes sizes)
        : base(sizes)
    {
        resetAfter = options.ResetAfter;
        weightIh = NewParameter(Gates * sizes.Hidden, sizes.Input);
        weightHh = NewParameter(Gates * sizes.Hidden, sizes.Hidden);
        biasIh = NewParameter(Gates * sizes.Hidden);
        biasHh = NewParameter(Gates * sizes.Hidden);
        RegisterComponents();
    }

    public override IReadOnlyList<StatePart> StateParts => [new("h", Sizes.Hidden)];

    /// <summary>W_i x + b_i of all gates; b_h too unless r scales b_hn.</summary>
    public override Tensor Project(Tensor input) =>
        Linear(input, weightIh, resetAfter ? biasIh : biasIh + biasHh); // [time, batch, input] → [time, batch, 3 · hidden]

    public override (Tensor Output, CellState State) Step(Tensor projected, CellState state)
    {
        var (_, z, n) = Gated(projected, state.Hidden); // [batch, hidden]
        var h = n.addcmul(z, state.Hidden - n, 1); // [batch, hidden], = (1 − z) ⊙ n + z ⊙ h with one product less
        return (h, new CellState(h));
    }

    public IReadOnlyList<GateActivation> Activations(Tensor projected, CellState state)
    {
        var (r, z, n) = Gated(projected, state.Hidden); // [batch, hidden]
        return [new("r", GateKind.Sigmoid, r), new("z", GateKind.Sigmoid, z), new("n", GateKind.Tanh, n)];
    }

    public override IReadOnlyList<NamedParameter> NamedParameters() =>
    [
        new("weight_ih", weightIh, ParameterRole.InputWeight, Gates, ForgetGate),
        new("weight_hh", weightHh, ParameterRole.RecurrentWeight, Gates, ForgetGate),
        new("bias_ih", biasIh, ParameterRole.InputBias, Gates, ForgetGate),
        new("bias_hh", biasHh, ParameterRole.RecurrentBias, Gates, ForgetGate),
    ];

    private (Tensor R, Tensor Z, Tensor N) Gated(Tensor projected, Tensor h) => resetAfter ? ResetAfter(projected, h) : ResetBefore(projected, h);

    private (Tensor R, Tensor Z, Tensor N) ResetAfter(Tensor projected, Tensor h)
    {
        var x = projected.chunk(Gates, 1); // 3 × [batch, hidden]
        var w = Linear(h, weightHh, biasHh).chunk(Gates, 1); // [batch, 3 · hidden] → 3 × [batch, hidden]
        var r = (x[0] + w[0]).sigmoid(); // [batch, hidden]
        var z = (x[1] + w[1]).sigmoid(); // [batch, hidden]
        var n = x[2].addcmul(r, w[2], 1).tanh(); // [batch, hidden]
        return (r, z, n);
    }

    private (Tensor R, Tensor Z, Tensor N) ResetBefore(Tensor projected, Tensor h)
    {
        long[] heights = [2 * Sizes.Hidden, Sizes.Hidden];
        var x = projected.split(heights, 1); // [batch, 2 · hidden], [batch, hidden]
        var w = weightHh.split(heights, 0); // [2 · hidden, hidden], [hidden, hidden]
        var gates = Linear(h, w[0], x[0]).sigmoid().chunk(2, 1); // 2 × [batch, hidden]
        var (r, z) = (gates[0], gates[1]); // [batch, hidden] twice
        var n = Linear(r * h, w[1], x[1]).tanh(); // [batch, hidden]
        return (r, z, n);
    }
}
