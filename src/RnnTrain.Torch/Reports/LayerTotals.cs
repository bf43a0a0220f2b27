using RnnTrain.Cells;
using RnnTrain.Layers;
using static TorchSharp.torch;

namespace RnnTrain.Reports;

/// <summary>What was measured so far of one layer and direction.</summary>
internal sealed class LayerTotals(RecurrentCell cell) : IDisposable
{
    private readonly NormsBySteps norms = new(cell.StateParts.Count);
    private readonly UnitActivity activity = new();
    private IReadOnlyList<(int StepsBack, double Value)> jacobians = [];

    /// <summary>Examples that had a loss.</summary>
    public int Examples => norms.Examples;

    /// <summary>Steps looked at, that of the loss included.</summary>
    public int Steps => norms.Means().Length;

    /// <param name="steps">Of one batch, in the order of reading.</param>
    /// <param name="arrival">The gradients at these steps.</param>
    /// <param name="shortest">The length of the shortest example.</param>
    public void Add(IReadOnlyList<RecurrentStep> steps, LastLoss.Arrival arrival, long shortest)
    {
        norms.Add(arrival);
        activity.Add(steps, shortest);
        if (jacobians.Count == 0) jacobians = Jacobians(steps, arrival.LastSteps);
    }

    public LayerMemory Conclude(int layer, int direction) => new()
    {
        Layer = layer,
        IsBackward = direction == 1,
        GradientNorms = norms.Means(),
        PartNorms = [.. cell.StateParts.Select((part, i) => (part.Name, (IReadOnlyList<double>)norms.Means(i)))],
        JacobianNorms = jacobians,
        Saturation = activity.Saturation,
        DeadUnits = activity.DeadUnits,
        SpectralRadii = SpectralRadius.OfBlocks(cell),
    };

    public void Dispose() => activity.Dispose();

    /// <summary>Of the first example with a loss, at steps evenly spread up to it.</summary>
    private static IReadOnlyList<(int StepsBack, double Value)> Jacobians(IReadOnlyList<RecurrentStep> steps, int?[] lastSteps)
    {
        var example = Array.FindIndex(lastSteps, step => step is not null);
        if (example < 0) return [];
        using var scope = NewDisposeScope();
        var last = lastSteps[example]!.Value;
        var count = Math.Min(MemoryMeasurement.JacobianSteps, last + 1);
        int[] times = [.. Enumerable.Range(0, count).Select(i => last - (int)((long)i * (last + 1) / count))];
        var projected = cat([.. times.Select(time => steps[time].Projected.narrow(0, example, 1))]); // [steps, gates · hidden]
        var before = new CellState([.. Enumerable.Range(0, steps[0].Before.Count)
            .Select(part => cat([.. times.Select(time => steps[time].Before[part].narrow(0, example, 1))]))]); // [steps, …]
        var values = StepJacobian.Norms(steps[0].Cell, projected, before);
        return [.. times.Select((time, i) => (last - time, values[i]))];
    }
}
