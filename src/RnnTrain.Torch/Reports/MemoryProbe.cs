using RnnTrain.Layers;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Reports;

/// <summary>Keeps the steps of one batch, by layer and direction. The tensors belong to the dispose scope in which the batch was read.</summary>
internal sealed class MemoryProbe : IStepObserver
{
    private readonly SortedDictionary<(int Layer, int Direction), List<RecurrentStep>> steps = [];
    private Tensor? output;

    /// <summary>The steps of each layer and direction, in the order of reading.</summary>
    public IReadOnlyDictionary<(int Layer, int Direction), List<RecurrentStep>> Steps => steps;

    /// <summary>Of the last layer: [time, batch, features].</summary>
    public Tensor Output => output ?? throw new InvalidOperationException("no batch was read");

    /// <summary>Where each example ends; null where all end at the last step.</summary>
    public Lengths? Lengths { get; private set; }

    public void OnStep(RecurrentStep step)
    {
        if (!steps.TryGetValue((step.Layer, step.Direction), out var known)) steps[(step.Layer, step.Direction)] = known = [];
        known.Add(step);
    }

    public void OnOutput(Tensor output, Lengths? lengths)
    {
        this.output = output;
        Lengths = lengths;
    }

    /// <summary>Forgets the batch.</summary>
    public void Clear()
    {
        steps.Clear();
        output = null;
        Lengths = null;
    }
}
