using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Layers;

/// <summary>
/// Two layers side by side: Schuster and Paliwal, "Bidirectional recurrent neural networks" (1997). One reads forward, one reads each
/// sequence reversed within its own length, and their outputs are concatenated, forward first, or added.
/// </summary>
public sealed class BidirectionalLayer : SequenceLayer
{
    private readonly SequenceLayer forward;
    private readonly SequenceLayer backward;
    private readonly DirectionCombination combination;

    /// <param name="forward">A layer of one direction.</param>
    /// <param name="backward">Another of the same sizes.</param>
    /// <param name="combination">How their outputs become one.</param>
    public BidirectionalLayer(SequenceLayer forward, SequenceLayer backward, DirectionCombination combination = DirectionCombination.Concatenate)
    {
        this.combination = combination;
        this.forward = forward;
        this.backward = backward;
        RegisterComponents();
    }

    public override int Directions => 2;

    public override long OutputSize => combination == DirectionCombination.Sum ? forward.OutputSize : forward.OutputSize + backward.OutputSize;

    public override IReadOnlyList<StatePart> StateParts => forward.StateParts;

    public override IReadOnlyList<NamedParameter> NamedParameters(int direction) => (direction == 0 ? forward : backward).NamedParameters(0);

    public override (Tensor Output, CellState[] Final) Forward(Tensor input, CellState[] initial, Lengths? lengths = null)
    {
        if (initial.Length != 2) throw new ArgumentException($"a bidirectional layer needs 2 states, but there is {initial.Length}");
        var (ahead, finalAhead) = forward.Forward(input, [initial[0]], lengths); // [time, batch, hidden]
        var (back, finalBack) = backward.ForwardReversed(input, [initial[1]], lengths); // [time, batch, hidden]
        var output = combination == DirectionCombination.Sum ? ahead + back : cat([ahead, back], 2); // [time, batch, hidden], [time, batch, 2 · hidden]
        return (output, [finalAhead[0], finalBack[0]]);
    }

    internal override void ObserveSteps(IStepObserver? observer, int layer, int direction = 0)
    {
        forward.ObserveSteps(observer, layer, 0);
        backward.ObserveSteps(observer, layer, 1);
    }
}
