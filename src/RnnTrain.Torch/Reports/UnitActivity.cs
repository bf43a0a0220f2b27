using RnnTrain.Cells;
using RnnTrain.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Reports;

/// <summary>What the units of one layer and direction do over all steps, examples and batches: whether they change at all, and how often their gates are saturated.</summary>
internal sealed class UnitActivity : IDisposable
{
    private const double SigmoidEdge = 0.05;
    private const double TanhEdge = 0.95;

    /// <summary>A unit whose output changes by no more counts as dead.</summary>
    private const double NoChange = 1e-6;

    private readonly Dictionary<string, (double Saturated, double All)> gates = [];
    private Tensor? lowest; // [output]
    private Tensor? highest; // [output]

    /// <summary>The share of saturated activations, by gate; of the outputs as those of a tanh where the cell shows no gates.</summary>
    public IReadOnlyList<(string Gate, double Share)> Saturation => [.. gates.Select(gate => (gate.Key, gate.Value.Saturated / gate.Value.All))];

    /// <summary>The share of units that never change.</summary>
    public double DeadUnits
    {
        get
        {
            using var scope = NewDisposeScope();
            return (highest! - lowest!).le(NoChange).to(ScalarType.Float64).mean().ToDouble(); // [output] → []
        }
    }

    /// <summary>Looks at the steps of a batch, padding left out.</summary>
    /// <param name="steps">In the order of reading.</param>
    /// <param name="shortest">The length of the shortest example.</param>
    public void Add(IReadOnlyList<RecurrentStep> steps, long shortest)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var outputs = stack(steps.Take((int)shortest).Select(step => step.Output.detach())); // [time, batch, output]
        var (low, high) = (outputs.amin([0, 1]), outputs.amax([0, 1])); // [output]
        (lowest, var oldLow) = ((lowest is null ? low : minimum(lowest, low)).MoveToOuterDisposeScope().DetachFromDisposeScope(), lowest);
        (highest, var oldHigh) = ((highest is null ? high : maximum(highest, high)).MoveToOuterDisposeScope().DetachFromDisposeScope(), highest);
        oldLow?.Dispose();
        oldHigh?.Dispose();
        foreach (var step in steps.Take((int)shortest))
        {
            using var stepScope = NewDisposeScope();
            foreach (var gate in Gates(step)) Count(gate);
        }
    }

    public void Dispose()
    {
        lowest?.Dispose();
        highest?.Dispose();
    }

    private static IReadOnlyList<GateActivation> Gates(RecurrentStep step) => step.Cell is IGatedCell gated
        ? gated.Activations(step.Projected, step.Before)
        : [new GateActivation("output", GateKind.Tanh, step.Output)];

    private void Count(GateActivation gate)
    {
        var saturated = gate.Kind switch
        {
            GateKind.Sigmoid => gate.Value.lt(SigmoidEdge).logical_or(gate.Value.gt(1 - SigmoidEdge)),
            GateKind.Tanh => gate.Value.abs().gt(TanhEdge),
            _ => gate.Value.le(0),
        }; // [batch, hidden]
        var (before, all) = gates.GetValueOrDefault(gate.Name);
        gates[gate.Name] = (before + saturated.sum().ToDouble(), all + gate.Value.numel());
    }
}
