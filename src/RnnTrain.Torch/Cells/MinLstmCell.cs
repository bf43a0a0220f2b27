using RnnTrain.Configuration;
using RnnTrain.Engines;
using RnnTrain.Tensors;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace RnnTrain.Cells;

/// <summary>Options of <see cref="MinLstmCell"/>.</summary>
[Describe("Minimal long short-term memory (Feng et al. 2024): its gates depend on the input alone, so all time steps are computed at once.")]
public sealed record MinLstmOptions : CellOptions
{
    public override bool IsParallel => true;
}

/// <summary>
/// Minimal long short-term memory: Feng et al., "Were RNNs all we needed?" (2024), section 3.2, its gates normalised to a sum of 1, in the
/// plain form as <see cref="MinGruCell"/>. The inputs stand in the order f, i, u (the paper's h̃).
/// <code>
/// f_t = σ(W_f x_t + b_f)        i_t = σ(W_i x_t + b_i)
/// u_t = W_u x_t + b_u
/// h_t = f_t / (f_t + i_t) ⊙ h_(t−1) + i_t / (f_t + i_t) ⊙ u_t
/// </code>
/// </summary>
public sealed class MinLstmCell : RecurrentCell, IParallelCell, IGatedCell
{
    /// <summary>f, i, u.</summary>
    private const int Gates = 3;

    private const int ForgetGate = 0;

    [ComponentName(Name = "weight_ih")]
    private readonly Parameter weightIh; // [3 · hidden, input]

    [ComponentName(Name = "bias_ih")]
    private readonly Parameter biasIh; // [3 · hidden]

    public MinLstmCell(CellSizes sizes)
        : base(sizes)
    {
        weightIh = NewParameter(Gates * sizes.Hidden, sizes.Input);
        biasIh = NewParameter(Gates * sizes.Hidden);
        RegisterComponents();
    }

    public override IReadOnlyList<StatePart> StateParts => [new("h", Sizes.Hidden)];

    /// <summary>W x of all three; the scan adds b.</summary>
    public override Tensor Project(Tensor input) => Linear(input, weightIh); // [time, batch, input] → [time, batch, 3 · hidden]

    public override (Tensor Output, CellState State) Step(Tensor projected, CellState state)
    {
        var h = GatedScan.Step(ScanGate.ForgetAndInput, projected, biasIh, state.Hidden); // [batch, hidden]
        return (h, new CellState(h));
    }

    public (Tensor Output, CellState Final) Run(Tensor input, CellState initial, Lengths? lengths)
    {
        var (output, final) = GatedScan.Run(ScanGate.ForgetAndInput, Project(input), biasIh, initial.Hidden, lengths); // [time, batch, hidden], [batch, hidden]
        return (output, new CellState(final));
    }

    public IReadOnlyList<GateActivation> Activations(Tensor projected, CellState state) =>
        [new("f", GateKind.Sigmoid, GatedScan.Kept(ScanGate.ForgetAndInput, projected, biasIh))];

    public override IReadOnlyList<NamedParameter> NamedParameters() =>
    [
        new("weight_ih", weightIh, ParameterRole.InputWeight, Gates, ForgetGate),
        new("bias_ih", biasIh, ParameterRole.InputBias, Gates, ForgetGate),
    ];
}
