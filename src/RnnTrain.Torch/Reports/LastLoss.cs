using RnnTrain.Configuration;
using RnnTrain.Layers;
using static TorchSharp.torch;

namespace RnnTrain.Reports;

/// <summary>
/// Sends the loss of each example's last step back through a batch that was read, and tells what arrives at the state of every step. What
/// that loss is, the task alone knows; but it acts through the last output, so the gradient of the whole loss by that output is taken, and
/// from there on goes the way of the recurrent layers. A backward layer reads the first step last: there the loss of the first step is sent.
/// </summary>
internal sealed class LastLoss
{
    private readonly MemoryProbe probe;
    private readonly Tensor gradient; // [time, batch, features], of the sum of all losses by the output

    /// <param name="probe">What was seen of the batch.</param>
    /// <param name="lossSum">The sum of the losses of its targets, a scalar with gradient.</param>
    /// <exception cref="UserMistakeException">The loss does not depend on the outputs.</exception>
    public LastLoss(MemoryProbe probe, Tensor lossSum)
    {
        this.probe = probe;
        gradient = autograd.grad([lossSum], [probe.Output], allow_unused: true)[0]
            ?? throw new UserMistakeException("the loss of this task does not act through the outputs of its recurrent layers: there is nothing to diagnose");
    }

    /// <summary>What one layer and direction gets: a row of norms a step and part of the state.</summary>
    /// <param name="Norms">‖∂loss/∂part‖ by part, step in the order of reading, and example.</param>
    /// <param name="LastSteps">The step of each example at which the loss stands; null where it has none there.</param>
    public sealed record Arrival(double[][][] Norms, int?[] LastSteps);

    /// <summary>What arrives in each layer and direction.</summary>
    public Dictionary<(int Layer, int Direction), Arrival> Arrivals()
    {
        var found = new Dictionary<(int Layer, int Direction), Arrival>();
        foreach (var direction in probe.Steps.GroupBy(layer => layer.Key.Direction))
        {
            var seed = gradient * Place(direction.Key); // [time, batch, features]
            var scored = seed.abs().amax([0, 2]).cpu().to(ScalarType.Float64).data<double>().ToArray(); // [batch]
            int?[] last = [.. Enumerable.Range(0, scored.Length).Select(example => scored[example] > 0 ? LengthOf(example) - 1 : (int?)null)];
            var states = direction.SelectMany(layer => layer.Value.SelectMany(step => Parts(step))).ToArray();
            var gradients = new Queue<Tensor?>(autograd.grad([probe.Output], states, [seed], retain_graph: true, allow_unused: true));
            foreach (var (place, steps) in direction) found[place] = new Arrival(Norms(steps, gradients), last);
        }
        return found;
    }

    /// <summary>1 where a loss is sent back, [time, batch or 1, 1].</summary>
    private Tensor Place(int direction)
    {
        var steps = arange(gradient.size(0), ScalarType.Int64, gradient.device).view(-1, 1); // [time, 1]
        var place = direction == 1
            ? steps.eq(0) // [time, 1]
            : steps.eq(probe.Lengths is { } lengths ? tensor(lengths.Values.Select(length => length - 1).ToArray(), device: gradient.device) : gradient.size(0) - 1); // [time, batch or 1]
        return place.unsqueeze(2).to(gradient.dtype); // [time, batch or 1, 1]
    }

    private int LengthOf(int example) => (int)(probe.Lengths?.Values[example] ?? gradient.size(0));

    private static IEnumerable<Tensor> Parts(RecurrentStep step) => Enumerable.Range(0, step.After.Count).Select(part => step.After[part]);

    /// <summary>By part, step and example; takes the gradients of these steps from the queue.</summary>
    private static double[][][] Norms(List<RecurrentStep> steps, Queue<Tensor?> gradients)
    {
        var norms = Enumerable.Range(0, steps[0].After.Count).Select(_ => new double[steps.Count][]).ToArray();
        for (var time = 0; time < steps.Count; time++)
        {
            foreach (var part in norms)
            {
                var arrived = gradients.Dequeue(); // [batch, …]
                part[time] = arrived is null
                    ? new double[steps[time].Output.size(0)]
                    : arrived.to(ScalarType.Float64).flatten(1).square().sum(1).sqrt().cpu().data<double>().ToArray(); // [batch]
            }
        }
        return norms;
    }
}
