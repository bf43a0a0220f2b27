using RnnTrain.Configuration;
using RnnTrain.Engines;
using RnnTrain.Tensors;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace RnnTrain.Cells;

/// <summary>Options of <see cref="SruCell"/>.</summary>
[Describe("Simple recurrent unit (Lei et al. 2017) with its highway past the cell: its gates depend on the input alone, so all time steps are computed at once.")]
public sealed record SruOptions : CellOptions
{
    public override bool IsParallel => true;
}

/// <summary>
/// Simple recurrent unit: Lei, Zhang and Artzi, "Training RNNs as fast as CNNs" (2017), the first version of the paper, whose gates do not
/// see c: that is what makes it a linear recurrence. The inputs stand in the order f, u (the paper's x̃), r; a fourth block W_x takes x to the
/// hidden units where their numbers differ, else W_x is the identity.
/// <code>
/// f_t = σ(W_f x_t + b_f)        r_t = σ(W_r x_t + b_r)
/// c_t = f_t ⊙ c_(t−1) + (1 − f_t) ⊙ W_u x_t
/// h_t = r_t ⊙ tanh(c_t) + (1 − r_t) ⊙ W_x x_t
/// </code>
/// </summary>
public sealed class SruCell : RecurrentCell, IParallelCell, IGatedCell
{
    private const int ForgetGate = 0;
    private readonly int gates;

    [ComponentName(Name = "weight_ih")]
    private readonly Parameter weightIh; // [3 or 4 · hidden, input]

    [ComponentName(Name = "bias_ih")]
    private readonly Parameter biasIh; // [2 · hidden], of f and r

    public SruCell(CellSizes sizes)
        : base(sizes)
    {
        gates = sizes.Input == sizes.Hidden ? 3 : 4;
        weightIh = NewParameter(gates * sizes.Hidden, sizes.Input);
        biasIh = NewParameter(2 * sizes.Hidden);
        RegisterComponents();
    }

    public override IReadOnlyList<StatePart> StateParts => [new("c", Sizes.Hidden)];

    private bool HasSkipWeight => gates == 4;

    /// <summary>W x of all, and x itself where the highway takes it as it is.</summary>
    public override Tensor Project(Tensor input)
    {
        var products = Linear(input, weightIh); // [time, batch, input] → [time, batch, gates · hidden]
        return HasSkipWeight ? products : cat([products, input], -1); // [time, batch, 4 · hidden]
    }

    public override (Tensor Output, CellState State) Step(Tensor projected, CellState state)
    {
        var parts = projected.split([2 * Sizes.Hidden, Sizes.Hidden, Sizes.Hidden], -1); // [batch, 2 · hidden], [batch, hidden] twice
        var c = GatedScan.Step(ScanGate.Forget, parts[0], ScanBias(), state[0]); // [batch, hidden]
        return (Highway(c, parts[1], parts[2]), new CellState(c));
    }

    public (Tensor Output, CellState Final) Run(Tensor input, CellState initial, Lengths? lengths)
    {
        var hidden = Sizes.Hidden;
        var ofScan = Linear(input, weightIh.narrow(0, 0, 2 * hidden)); // [time, batch, 2 · hidden]
        var (c, final) = GatedScan.Run(ScanGate.Forget, ofScan, ScanBias(), initial[0], lengths); // [time, batch, hidden], [batch, hidden]
        var r = Linear(input, weightIh.narrow(0, 2 * hidden, hidden)); // [time, batch, hidden]
        var skipped = HasSkipWeight ? Linear(input, weightIh.narrow(0, 3 * hidden, hidden)) : input; // [time, batch, hidden]
        var output = Highway(c, r, skipped); // [time, batch, hidden]
        return (lengths is null ? output : output * lengths.Mask, new CellState(final));
    }

    public IReadOnlyList<GateActivation> Activations(Tensor projected, CellState state)
    {
        var f = GatedScan.Kept(ScanGate.Forget, projected.narrow(-1, 0, 2 * Sizes.Hidden), ScanBias()); // [batch, hidden]
        return [new("f", GateKind.Sigmoid, f), new("tanh c", GateKind.Tanh, Step(projected, state).State[0].tanh())];
    }

    public override IReadOnlyList<NamedParameter> NamedParameters() =>
    [
        new("weight_ih", weightIh, ParameterRole.InputWeight, gates, ForgetGate),
        new("bias_ih", biasIh, ParameterRole.InputBias, 2, ForgetGate),
    ];

    /// <summary>b_f, and 0 for u: [2 · hidden].</summary>
    private Tensor ScanBias()
    {
        var f = biasIh.narrow(0, 0, Sizes.Hidden); // [hidden]
        return cat([f, zeros_like(f)]); // [2 · hidden]
    }

    private Tensor Highway(Tensor c, Tensor r, Tensor skipped)
    {
        r = (r + biasIh.narrow(0, Sizes.Hidden, Sizes.Hidden)).sigmoid(); // […, hidden]
        return skipped + (r * (c.tanh() - skipped)); // […, hidden]
    }
}
