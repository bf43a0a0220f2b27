using RnnTrain.Configuration;
using RnnTrain.Engines;
using RnnTrain.Tensors;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace RnnTrain.Cells;

/// <summary>Options of <see cref="MinGruCell"/>.</summary>
[Describe("Minimal gated recurrent unit (Feng et al. 2024): its gate depends on the input alone, so all time steps are computed at once.")]
public sealed record MinGruOptions : CellOptions
{
    public override bool IsParallel => true;
}

/// <summary>
/// Minimal gated recurrent unit: Feng et al., "Were RNNs all we needed?" (2024), section 3.1, in its plain form. The paper's form in logarithms
/// needs a positive candidate and a positive state, and from a state that is not zero its two paths differ; here both are this function,
/// whatever the signs. The inputs stand in the order z, u (the paper's h̃).
/// <code>
/// z_t = σ(W_z x_t + b_z)
/// u_t = W_u x_t + b_u
/// h_t = (1 − z_t) ⊙ h_(t−1) + z_t ⊙ u_t
/// </code>
/// </summary>
public sealed class MinGruCell : RecurrentCell, IParallelCell, IGatedCell
{
    /// <summary>z, u.</summary>
    private const int Gates = 2;

    [ComponentName(Name = "weight_ih")]
    private readonly Parameter weightIh; // [2 · hidden, input]

    [ComponentName(Name = "bias_ih")]
    private readonly Parameter biasIh; // [2 · hidden]

    public MinGruCell(CellSizes sizes)
        : base(sizes)
    {
        weightIh = NewParameter(Gates * sizes.Hidden, sizes.Input);
        biasIh = NewParameter(Gates * sizes.Hidden);
        RegisterComponents();
    }

    public override IReadOnlyList<StatePart> StateParts => [new("h", Sizes.Hidden)];

    /// <summary>W x of both; the scan adds b.</summary>
    public override Tensor Project(Tensor input) => Linear(input, weightIh); // [time, batch, input] → [time, batch, 2 · hidden]

    public override (Tensor Output, CellState State) Step(Tensor projected, CellState state)
    {
        var h = GatedScan.Step(ScanGate.Update, projected, biasIh, state.Hidden); // [batch, hidden]
        return (h, new CellState(h));
    }

    public (Tensor Output, CellState Final) Run(Tensor input, CellState initial, Lengths? lengths)
    {
        var (output, final) = GatedScan.Run(ScanGate.Update, Project(input), biasIh, initial.Hidden, lengths); // [time, batch, hidden], [batch, hidden]
        return (output, new CellState(final));
    }

    public IReadOnlyList<GateActivation> Activations(Tensor projected, CellState state) =>
        [new("1 − z", GateKind.Sigmoid, GatedScan.Kept(ScanGate.Update, projected, biasIh))];

    public override IReadOnlyList<NamedParameter> NamedParameters() =>
    [
        new("weight_ih", weightIh, ParameterRole.InputWeight, Gates),
        new("bias_ih", biasIh, ParameterRole.InputBias, Gates),
    ];
}
