using RnnTrain.Tensors;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace RnnTrain.Cells;

/// <summary>
/// Units without recurrence, which see n inputs at a time, d steps apart: a causal one-dimensional convolution. What it remembers are the
/// (n − 1) · d last inputs, nothing of its own making.
/// <code>
/// h_t = tanh(W [x_(t−(n−1)d); …; x_(t−d); x_t] + b)
/// </code>
/// <see cref="FeedForwardOptions"/> and <see cref="TimeDelayOptions"/> say which networks are made of it.
/// </summary>
public sealed class WindowCell : RecurrentCell, IParallelCell
{
    private readonly long taps;
    private readonly long dilation;

    [ComponentName(Name = "weight_ih")]
    private readonly Parameter weightIh; // [hidden, taps · input]

    [ComponentName(Name = "bias_ih")]
    private readonly Parameter biasIh; // [hidden]

    /// <param name="taps">n, the inputs of a window.</param>
    /// <param name="dilation">d, the steps from one of them to the next.</param>
    /// <param name="sizes">Sizes of the layer.</param>
    public WindowCell(long taps, long dilation, CellSizes sizes)
        : base(sizes)
    {
        this.taps = taps;
        this.dilation = dilation;
        weightIh = NewParameter(sizes.Hidden, taps * sizes.Input);
        biasIh = NewParameter(sizes.Hidden);
        RegisterComponents();
    }

    /// <summary>The last inputs, the oldest first.</summary>
    public override IReadOnlyList<StatePart> StateParts => [new("x", Reach, Sizes.Input)];

    private long Reach => (taps - 1) * dilation;

    /// <summary>The input as it is: which weights it meets depends on the step.</summary>
    public override Tensor Project(Tensor input) => input; // [time, batch, input]

    public override (Tensor Output, CellState State) Step(Tensor projected, CellState state)
    {
        var seen = cat([state[0], projected.unsqueeze(1)], 1); // [batch, reach + 1, input]
        var window = seen.slice(1, 0, Reach + 1, dilation).flatten(1); // [batch, taps · input]
        return (Linear(window, weightIh, biasIh).tanh(), new CellState(seen.narrow(1, 1, Reach)));
    }

    public (Tensor Output, CellState Final) Run(Tensor input, CellState initial, Lengths? lengths)
    {
        var time = input.size(0);
        var seen = cat([initial[0].transpose(0, 1), input]); // [reach + time, batch, input]
        Tensor[] shifted = [.. Enumerable.Range(0, (int)taps).Select(tap => seen.narrow(0, tap * dilation, time))]; // taps × [time, batch, input]
        var output = Linear(taps == 1 ? input : cat(shifted, 2), weightIh, biasIh).tanh(); // [time, batch, taps · input] → [time, batch, hidden]
        var final = (lengths is null ? seen.narrow(0, time, Reach) : lengths.Following(seen, Reach)).transpose(0, 1); // [batch, reach, input]
        return (lengths is null ? output : output * lengths.Mask, new CellState(final));
    }

    public override IReadOnlyList<NamedParameter> NamedParameters() =>
    [
        new("weight_ih", weightIh, ParameterRole.InputWeight),
        new("bias_ih", biasIh, ParameterRole.InputBias),
    ];
}
