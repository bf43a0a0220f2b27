using RnnTrain.Configuration;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace RnnTrain.Cells;

/// <summary>Options of <see cref="MlstmCell"/>.</summary>
[Describe("The matrix-memory cell of xLSTM (Beck et al. 2024): values are stored under keys and read by queries.")]
public sealed record MlstmOptions : CellOptions
{
    [Describe("Matrices the memory consists of, each (hidden_size / heads)² numbers; must divide hidden_size.")]
    [Bounds(1)]
    public int Heads { get; init; } = 1;

    /// <inheritdoc/>
    public override ConfigMistake? Mistake(long hiddenSize) => HeadSizes.Mistake(Heads, hiddenSize);
}

/// <summary>
/// mLSTM: Beck et al., "xLSTM: extended long short-term memory" (2024), section 2.3, the cell without the blocks around it, in its
/// recurrent form. For each head of d hidden units:
/// <code>
/// q_t = W_q x_t + b_q        k_t = W_k x_t / √d + b_k        v_t = W_v x_t + b_v        o_t = σ(W_o x_t + b_o)
/// ĩ_t = w_i · x_t + b_i      f̃_t = w_f · x_t + b_f
/// i′_t, f′_t, m_t from ĩ_t, f̃_t, m_(t−1) by <see cref="ExponentialGates"/> with f = σ, one of each a head
/// C_t = f′_t C_(t−1) + i′_t v_t k_tᵀ
/// n_t = f′_t n_(t−1) + i′_t k_t
/// h_t = o_t ⊙ C_t q_t / max(|n_t · q_t|, exp(−m_t), 10⁻⁶)
/// </code>
/// (10⁻⁶ is not in the paper: a memory in which nothing was written but its gates opened far gives 0, not 0 / 0.)
/// weight_ih holds W_q, W_k, W_v, W_o of all heads, weight_gates w_i and w_f. Nothing of h is fed back: the state is C, n, m.
/// The paper allows f = exp too; its own programs do not, and without the normalisation that its blocks put behind the cell such a network
/// diverged here in bf16 and learned badly in fp32, since |n_t · q_t| comes near 0 while nothing bounds C_t.
/// </summary>
public sealed class MlstmCell : RecurrentCell, IGatedCell
{
    /// <summary>q, k, v, o.</summary>
    private const int Blocks = 4;

    /// <summary>i, f.</summary>
    private const int Gates = 2;
    private const int ForgetGate = 1;
    private const double SmallestNormalizer = 1e-6;
    private readonly long heads;
    private readonly long head; // hidden units of one

    [ComponentName(Name = "weight_ih")]
    private readonly Parameter weightIh; // [4 · hidden, input]

    [ComponentName(Name = "weight_gates")]
    private readonly Parameter weightGates; // [2 · heads, input]

    [ComponentName(Name = "bias_ih")]
    private readonly Parameter biasIh; // [4 · hidden]

    [ComponentName(Name = "bias_gates")]
    private readonly Parameter biasGates; // [2 · heads]

    public MlstmCell(MlstmOptions options, CellSizes sizes)
        : base(sizes)
    {
        (heads, head) = (options.Heads, sizes.Hidden / options.Heads);
        weightIh = NewParameter(Blocks * sizes.Hidden, sizes.Input);
        weightGates = NewParameter(Gates * heads, sizes.Input);
        biasIh = NewParameter(Blocks * sizes.Hidden);
        biasGates = NewParameter(Gates * heads);
        RegisterComponents();
    }

    public override IReadOnlyList<StatePart> StateParts => [new("c", heads, head, head), new("n", heads, head), new("m", heads)];

    /// <summary>q, k, v, õ, ĩ, f̃: [time, batch, 4 · hidden + 2 · heads].</summary>
    public override Tensor Project(Tensor input)
    {
        var w = weightIh.chunk(Blocks, 0); // 4 × [hidden, input]
        var weight = cat([w[0], w[1] / Math.Sqrt(head), w[2], w[3], weightGates]); // [4 · hidden + 2 · heads, input]
        return Linear(input, weight, cat([biasIh, biasGates])); // [time, batch, 4 · hidden + 2 · heads]
    }

    public override (Tensor Output, CellState State) Step(Tensor projected, CellState state)
    {
        var (batch, hidden) = (projected.size(0), Sizes.Hidden);
        var x = Split(projected); // 4 × [batch, hidden], 2 × [batch, heads]
        var q = x[0].reshape(batch, heads, head, 1); // [batch, heads, head, 1]
        var k = x[1].reshape(batch, heads, 1, head); // [batch, heads, 1, head]
        var v = x[2].reshape(batch, heads, head, 1); // [batch, heads, head, 1]
        var o = x[3].sigmoid(); // [batch, hidden]
        var (i, f, m) = ExponentialGates.Of(x[4], x[5], ForgetFunction.Sigmoid, state[2]); // [batch, heads] each
        var (write, keep) = (i.view(batch, heads, 1, 1), f.view(batch, heads, 1, 1)); // [batch, heads, 1, 1] twice

        var written = write * k; // [batch, heads, 1, head]
        // baddbmm, since its gradients are products too; those of a broadcast product are products of C's size, summed
        var kept = (keep * state[0]).flatten(0, 1); // [batch · heads, head, head]
        var c = kept.baddbmm(v.flatten(0, 1), written.flatten(0, 1)).view(batch, heads, head, head); // [batch, heads, head, head]
        var n = written.squeeze(2).addcmul(f.unsqueeze(2), state[1], 1); // [batch, heads, head]
        var length = n.unsqueeze(2).matmul(q).abs(); // [batch, heads, 1, 1], |n · q|
        var least = m.neg().exp().clamp_min(SmallestNormalizer).view(batch, heads, 1, 1); // [batch, heads, 1, 1]
        var read = c.matmul(q) / length.maximum(least); // [batch, heads, head, 1]
        return (o * read.view(batch, hidden), new CellState(c, n, m));
    }

    /// <summary>Without i, which is exponential and saturates nowhere; one f a head.</summary>
    public IReadOnlyList<GateActivation> Activations(Tensor projected, CellState state)
    {
        var x = Split(projected); // 4 × [batch, hidden], 2 × [batch, heads]
        return [new("f", GateKind.Sigmoid, x[5].sigmoid()), new("o", GateKind.Sigmoid, x[3].sigmoid())];
    }

    public override IReadOnlyList<NamedParameter> NamedParameters() =>
    [
        new("weight_ih", weightIh, ParameterRole.InputWeight, Blocks),
        new("weight_gates", weightGates, ParameterRole.InputWeight, Gates, ForgetGate) { FanIn = Sizes.Input },
        new("bias_ih", biasIh, ParameterRole.InputBias, Blocks),
        new("bias_gates", biasGates, ParameterRole.InputBias, Gates, ForgetGate) { FanIn = Sizes.Input },
    ];

    /// <summary>q, k, v, õ, ĩ, f̃ of one time step.</summary>
    private Tensor[] Split(Tensor projected)
    {
        var hidden = Sizes.Hidden;
        return projected.split([hidden, hidden, hidden, hidden, heads, heads], 1); // 4 × [batch, hidden], 2 × [batch, heads]
    }
}
