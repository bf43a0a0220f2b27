using RnnTrain.Configuration;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace RnnTrain.Cells;

/// <summary>Options of <see cref="SlstmCell"/>.</summary>
[Describe("The scalar-memory cell of xLSTM (Beck et al. 2024): an LSTM with exponential gates and a normaliser.")]
public sealed record SlstmOptions : CellOptions
{
    [Describe("Groups of hidden units that see only each other's last state; must divide hidden_size.")]
    [Bounds(1)]
    public int Heads { get; init; } = 1;

    [Describe("The function of the forget gate.")]
    public ForgetFunction ForgetGate { get; init; } = ForgetFunction.Sigmoid;

    /// <inheritdoc/>
    public override ConfigMistake? Mistake(long hiddenSize) => HeadSizes.Mistake(Heads, hiddenSize);
}

/// <summary>
/// sLSTM: Beck et al., "xLSTM: extended long short-term memory" (2024), section 2.2, the cell without the blocks around it. The gates
/// stand in the order i, f, z, o. With heads, W_h of each gate is block-diagonal: weight_hh holds the heads one after the other, in each
/// the blocks of the gates.
/// <code>
/// ĩ_t, f̃_t, z̃_t, õ_t = W_i x_t + b_i + W_h h_(t−1)
/// i′_t, f′_t, m_t from ĩ_t, f̃_t, m_(t−1) by <see cref="ExponentialGates"/>
/// z_t = tanh(z̃_t)        o_t = σ(õ_t)
/// c_t = f′_t ⊙ c_(t−1) + i′_t ⊙ z_t
/// n_t = f′_t ⊙ n_(t−1) + i′_t
/// h_t = o_t ⊙ c_t / n_t
/// </code>
/// In the division n_t is at least 10⁻⁶: a memory in which nothing was ever written gives 0, not 0 / 0.
/// </summary>
public sealed class SlstmCell : RecurrentCell, IGatedCell
{
    private const int Gates = 4;
    private const int ForgetGate = 1;
    private const double SmallestNormalizer = 1e-6;
    private readonly SlstmOptions options;

    [ComponentName(Name = "weight_ih")]
    private readonly Parameter weightIh; // [4 · hidden, input]

    [ComponentName(Name = "weight_hh")]
    private readonly Parameter weightHh; // [heads · 4 · head, head]

    [ComponentName(Name = "bias_ih")]
    private readonly Parameter biasIh; // [4 · hidden]

    public SlstmCell(SlstmOptions options, CellSizes sizes)
        : base(sizes)
    {
        this.options = options;
        weightIh = NewParameter(Gates * sizes.Hidden, sizes.Input);
        weightHh = NewParameter(Gates * sizes.Hidden, sizes.Hidden / options.Heads);
        biasIh = NewParameter(Gates * sizes.Hidden);
        RegisterComponents();
    }

    public override IReadOnlyList<StatePart> StateParts =>
        [new("h", Sizes.Hidden), new("c", Sizes.Hidden), new("n", Sizes.Hidden), new("m", Sizes.Hidden)];

    /// <summary>W_i x + b_i of all gates.</summary>
    public override Tensor Project(Tensor input) =>
        Linear(input, weightIh, biasIh); // [time, batch, input] → [time, batch, 4 · hidden]

    public override (Tensor Output, CellState State) Step(Tensor projected, CellState state)
    {
        var (h, c, n) = (state[0], state[1], state[2]); // [batch, hidden] each
        var sums = Sums(projected, h).chunk(Gates, 1); // 4 × [batch, hidden]
        var (i, f, m) = ExponentialGates.Of(sums[0], sums[1], options.ForgetGate, state[3]); // [batch, hidden] each
        var z = sums[2].tanh(); // [batch, hidden]
        var o = sums[3].sigmoid(); // [batch, hidden]
        c = (f * c).addcmul(i, z, 1); // [batch, hidden]
        n = i.addcmul(f, n, 1); // [batch, hidden]
        h = o * c / n.clamp_min(SmallestNormalizer); // [batch, hidden]
        return (h, new CellState(h, c, n, m));
    }

    /// <summary>Without i, and f where it is exponential: these saturate nowhere.</summary>
    public IReadOnlyList<GateActivation> Activations(Tensor projected, CellState state)
    {
        var sums = Sums(projected, state[0]).chunk(Gates, 1); // 4 × [batch, hidden]
        List<GateActivation> shown = [new("z", GateKind.Tanh, sums[2].tanh()), new("o", GateKind.Sigmoid, sums[3].sigmoid())];
        if (options.ForgetGate == ForgetFunction.Sigmoid) shown.Insert(0, new("f", GateKind.Sigmoid, sums[ForgetGate].sigmoid()));
        return shown;
    }

    public override IReadOnlyList<NamedParameter> NamedParameters() =>
    [
        new("weight_ih", weightIh, ParameterRole.InputWeight, Gates, ForgetGate),
        new("weight_hh", weightHh, ParameterRole.RecurrentWeight, options.Heads * Gates),
        new("bias_ih", biasIh, ParameterRole.InputBias, Gates, ForgetGate),
    ];

    private Tensor Sums(Tensor projected, Tensor h)
    {
        if (options.Heads == 1) return Linear(h, weightHh, projected); // [batch, 4 · hidden]
        var (batch, heads, head) = (h.size(0), (long)options.Heads, Sizes.Hidden / options.Heads);
        var blocks = weightHh.view(heads, Gates * head, head).transpose(1, 2); // [heads, head, 4 · head]
        var products = h.view(batch, heads, head).transpose(0, 1).bmm(blocks); // [heads, batch, 4 · head]
        var byGate = products.view(heads, batch, Gates, head).permute(1, 2, 0, 3); // [batch, 4, heads, head]
        return projected + byGate.reshape(batch, Gates * Sizes.Hidden); // [batch, 4 · hidden]
    }
}
