using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Layers;

/// <summary>Any cell, unrolled: it steps over the sequence from the first time step to the last.</summary>
public sealed class RecurrentLayer : SequenceLayer
{
    private readonly RecurrentCell cell;
    private readonly Zoneout? zoneout;
    private IStepObserver? observer;
    private (int Layer, int Direction) place;

    /// <param name="cell">What steps.</param>
    /// <param name="zoneout">Shares of the state that keep their last value in training; null for none. Then the cell's output must be h.</param>
    public RecurrentLayer(RecurrentCell cell, ZoneoutOptions? zoneout = null)
    {
        if (zoneout is not null) this.zoneout = new Zoneout(zoneout, cell.StateParts);
        this.cell = cell;
        RegisterComponents();
    }

    public override int Directions => 1;

    public override long OutputSize => cell.OutputSize;

    public override IReadOnlyList<StatePart> StateParts => cell.StateParts;

    public override IReadOnlyList<NamedParameter> NamedParameters(int direction) => cell.NamedParameters();

    public override (Tensor Output, CellState[] Final) Forward(Tensor input, CellState[] initial, Lengths? lengths = null)
    {
        Require(input, cell.Sizes.Input, initial[0], lengths);

        var state = initial[0];
        var projected = cell.Project(input).unbind(0); // [time, batch, features] → time × [batch, gates · hidden]
        var running = lengths is null or { AllFull: true } ? null : lengths.Mask.unbind(0); // time × [batch, 1]
        var masks = training ? zoneout?.Draw(projected.Length, state) : null;
        var outputs = new Tensor[projected.Length];
        for (var t = 0; t < projected.Length; t++)
        {
            (outputs[t], var next) = cell.Step(projected[t], state); // [batch, output]
            if (zoneout is not null)
            {
                next = masks is null ? zoneout.Mean(state, next) : Zoneout.Keep(t, masks, state, next);
                outputs[t] = next.Hidden; // [batch, output]
            }

            observer?.OnStep(new RecurrentStep(place.Layer, place.Direction, t, cell, projected[t], state, next, outputs[t]));
            state = running is null || t < lengths!.Shortest ? next : CellState.Where(running[t], next, state);
        }

        var output = stack(outputs); // time × [batch, output] → [time, batch, output]
        return (running is null ? output : output * lengths!.Mask, [state]);
    }

    internal override void ObserveSteps(IStepObserver? observer, int layer, int direction = 0)
    {
        this.observer = observer;
        place = (layer, direction);
    }
}
