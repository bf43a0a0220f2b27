using RnnTrain.Configuration;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace RnnTrain.Cells;

/// <summary>Options of <see cref="LstmCell"/>. The forget gate's first bias is the initialisation's: model.initialization.forget_gate_bias.</summary>
[Describe("Long short-term memory with forget gates (Hochreiter and Schmidhuber 1997; Gers et al. 2000).")]
public sealed record LstmOptions : CellOptions
{
    [Describe("The gates see the memory c of their own unit (Gers and Schmidhuber 2000).")]
    public bool Peepholes { get; init; }

    [Describe("Features of h, which is put out and fed back, fewer than hidden units (Sak et al. 2014); as many as hidden units if absent.")]
    [Bounds(1)]
    public int? Projection { get; init; }

    [Describe("Normalise what input and h contribute to the gates, and c before it is put out (Ba et al. 2016).")]
    public bool LayerNormalization { get; init; }

    [Describe("One gate for writing and forgetting, i = 1 − f (Greff et al. 2017).")]
    public bool CoupledGates { get; init; }

    /// <inheritdoc/>
    public override long OutputSize(long hiddenSize) => Projection ?? hiddenSize;

    /// <inheritdoc/>
    public override ConfigMistake? Mistake(long hiddenSize) => Projection is { } projection && projection >= hiddenSize
        ? new ConfigMistake(
            "model.cell.projection", $"{projection} of {hiddenSize} hidden units projects nothing; give fewer than {hiddenSize}, or leave the key out")
        : null;
}

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
/// Each option changes these lines and goes with each other one:
/// <code>
/// peepholes            W_ci ⊙ c_(t−1), W_cf ⊙ c_(t−1), W_co ⊙ c_t are added within the σ of i, f, o: Gers and Schmidhuber,
///                      "Recurrent nets that time and count" (2000); weight_ch holds W_ci, W_cf, W_co, vectors
/// projection           h_t = W_hr (o_t ⊙ tanh(c_t)): Sak, Senior and Beaufays, "Long short-term memory recurrent neural network
///                      architectures for large scale acoustic modeling" (2014); nn.LSTM calls it proj_size
/// layer_normalization  LN(W_i x_t; a_i, b_i) + LN(W_h h_(t−1); a_h, b_h) within the gates, h_t = o_t ⊙ tanh(LN(c_t; a_c, b_c)): Ba, Kiros
///                      and Hinton, "Layer normalization" (2016); LN(v; a, b) = a ⊙ (v − mean(v)) / √(var(v) + 10⁻⁵) + b, over all gates
///                      at once; gain_ih, gain_hh, gain_c hold a_i, a_h, a_c
/// coupled_gates        i_t = 1 − f_t, so the order is f, g, o: Greff et al., "LSTM: a search space odyssey" (2017)
/// </code>
/// </summary>
public sealed class LstmCell : RecurrentCell, IGatedCell
{
    /// <summary>i, f, g, o.</summary>
    internal const int Gates = 4;

    /// <summary>f is the second block.</summary>
    internal const int ForgetGate = 1;

    private readonly LstmOptions options;
    private readonly int gates; // f, g, o where i = 1 − f
    private readonly int forgetGate;

    [ComponentName(Name = "weight_ih")]
    private readonly Parameter weightIh; // [gates · hidden, input]

    [ComponentName(Name = "weight_hh")]
    private readonly Parameter weightHh; // [gates · hidden, output]

    [ComponentName(Name = "bias_ih")]
    private readonly Parameter biasIh; // [gates · hidden]

    [ComponentName(Name = "bias_hh")]
    private readonly Parameter biasHh; // [gates · hidden]

    [ComponentName(Name = "weight_hr")]
    private readonly Parameter? weightHr; // [output, hidden]

    [ComponentName(Name = "weight_ch")]
    private readonly Parameter? weightCh; // [(gates − 1) · hidden]: all but g

    [ComponentName(Name = "gain_ih")]
    private readonly Parameter? gainIh; // [gates · hidden]

    [ComponentName(Name = "gain_hh")]
    private readonly Parameter? gainHh; // [gates · hidden]

    [ComponentName(Name = "gain_c")]
    private readonly Parameter? gainC; // [hidden]

    [ComponentName(Name = "bias_c")]
    private readonly Parameter? biasC; // [hidden]

    public LstmCell(LstmOptions options, CellSizes sizes)
        : base(sizes)
    {
        this.options = options;
        (gates, forgetGate) = options.CoupledGates ? (Gates - 1, ForgetGate - 1) : (Gates, ForgetGate);
        var rows = gates * sizes.Hidden;
        weightIh = NewParameter(rows, sizes.Input);
        weightHh = NewParameter(rows, OutputSize);
        biasIh = NewParameter(rows);
        biasHh = NewParameter(rows);
        if (options.Projection is not null) weightHr = NewParameter(OutputSize, sizes.Hidden);
        if (options.Peepholes) weightCh = NewParameter(rows - sizes.Hidden);
        if (options.LayerNormalization)
        {
            gainIh = NewParameter(rows);
            gainHh = NewParameter(rows);
            gainC = NewParameter(sizes.Hidden);
            biasC = NewParameter(sizes.Hidden);
        }

        RegisterComponents();
    }

    public override long OutputSize => options.OutputSize(Sizes.Hidden);

    public override IReadOnlyList<StatePart> StateParts => [new("h", OutputSize), new("c", Sizes.Hidden)];

    /// <summary>W_i x + b_i + b_h of all gates; LN(W_i x; a_i, b_i) with layer normalisation.</summary>
    public override Tensor Project(Tensor input) => gainIh is null
        ? Linear(input, weightIh, biasIh + biasHh) // [time, batch, input] → [time, batch, gates · hidden]
        : nn.functional.layer_norm(Linear(input, weightIh), gainIh.shape, gainIh, biasIh); // the same

    public override (Tensor Output, CellState State) Step(Tensor projected, CellState state)
    {
        var (h, c) = (state.Hidden, state.Memory!);
        var sums = Sums(projected, h).chunk(gates, 1); // gates × [batch, hidden]
        var peepholes = weightCh?.chunk(gates - 1, 0); // (gates − 1) × [hidden]
        var f = Gate(sums[forgetGate], c, peepholes?[forgetGate]); // [batch, hidden]
        var g = sums[forgetGate + 1].tanh(); // [batch, hidden]
        c = options.CoupledGates
            ? g.addcmul(f, c - g, 1) // [batch, hidden], = f ⊙ c + (1 − f) ⊙ g
            : (f * c).addcmul(Gate(sums[0], c, peepholes?[0]), g, 1); // [batch, hidden]
        var o = Gate(sums[^1], c, peepholes?[^1]); // [batch, hidden]
        h = o * Normalized(c).tanh(); // [batch, hidden]
        if (weightHr is not null) h = Linear(h, weightHr); // [batch, hidden] → [batch, output]
        return (h, new CellState(h, c));
    }

    public IReadOnlyList<GateActivation> Activations(Tensor projected, CellState state)
    {
        var (c, next) = (state.Memory!, Step(projected, state).State.Memory!); // [batch, hidden]
        var sums = Sums(projected, state.Hidden).chunk(gates, 1); // gates × [batch, hidden]
        var peepholes = weightCh?.chunk(gates - 1, 0); // (gates − 1) × [hidden]
        List<GateActivation> activations =
        [
            new("f", GateKind.Sigmoid, Gate(sums[forgetGate], c, peepholes?[forgetGate])),
            new("g", GateKind.Tanh, sums[forgetGate + 1].tanh()),
            new("o", GateKind.Sigmoid, Gate(sums[^1], next, peepholes?[^1])),
            new("tanh c", GateKind.Tanh, Normalized(next).tanh()),
        ];
        if (!options.CoupledGates) activations.Insert(0, new("i", GateKind.Sigmoid, Gate(sums[0], c, peepholes?[0])));
        return activations;
    }

    public override IReadOnlyList<NamedParameter> NamedParameters()
    {
        List<NamedParameter> parameters =
        [
            new("weight_ih", weightIh, ParameterRole.InputWeight, gates, forgetGate),
            new("weight_hh", weightHh, ParameterRole.RecurrentWeight, gates, forgetGate),
            new("bias_ih", biasIh, ParameterRole.InputBias, gates, forgetGate),
            new("bias_hh", biasHh, ParameterRole.RecurrentBias, gates, forgetGate),
        ];
        if (weightHr is not null) parameters.Add(new("weight_hr", weightHr, ParameterRole.ProjectionWeight) { FanIn = Sizes.Hidden });
        if (weightCh is not null) parameters.Add(new("weight_ch", weightCh, ParameterRole.PeepholeWeight, gates - 1, forgetGate));
        if (gainIh is null) return parameters;
        return
        [
            .. parameters,
            new("gain_ih", gainIh, ParameterRole.Gain, gates, forgetGate),
            new("gain_hh", gainHh!, ParameterRole.Gain, gates, forgetGate),
            new("gain_c", gainC!, ParameterRole.Gain),
            new("bias_c", biasC!, ParameterRole.InputBias),
        ];
    }

    /// <summary>What input and h contribute to the gates: [batch, gates · hidden].</summary>
    private Tensor Sums(Tensor projected, Tensor h) => gainHh is null
        ? Linear(h, weightHh, projected) // [batch, gates · hidden]
        : projected + nn.functional.layer_norm(Linear(h, weightHh), gainHh.shape, gainHh, biasHh); // [batch, gates · hidden]

    /// <summary>σ(sum), or σ(sum + W_c ⊙ c) with peepholes: [batch, hidden].</summary>
    private static Tensor Gate(Tensor sum, Tensor c, Tensor? peephole) =>
        (peephole is null ? sum : sum.addcmul(peephole, c, 1)).sigmoid(); // [batch, hidden]

    /// <summary>c, or LN(c; a_c, b_c) with layer normalisation: [batch, hidden].</summary>
    private Tensor Normalized(Tensor c) =>
        gainC is null ? c : nn.functional.layer_norm(c, gainC.shape, gainC, biasC); // [batch, hidden]
}
