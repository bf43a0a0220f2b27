using RnnTrain.Cells;
using static TorchSharp.torch;

namespace RnnTrain.Training.Averaging;

/// <summary>
/// An average of the weights along the way of training, which generalises better than where the way happens to be: what is evaluated,
/// and what a checkpoint's model holds, once averaging has begun. Training itself goes on with the raw weights.
/// </summary>
/// <remarks>A step that was left out, being not finite, counts as one whose weights are those before.</remarks>
public sealed class WeightAverage : IDisposable
{
    private readonly IAveraging averaging;
    private readonly IReadOnlyList<NamedParameter> parameters;
    private readonly IReadOnlyList<(string Name, Tensor Tensor)> averages; // [any] each

    /// <param name="averaging">Which weights, and how each counts.</param>
    /// <param name="parameters">What is trained.</param>
    public WeightAverage(IAveraging averaging, IReadOnlyList<NamedParameter> parameters)
    {
        this.averaging = averaging;
        this.parameters = parameters;
        using var frozen = no_grad();
        averages = [.. parameters.Select(named => (named.Name, named.Parameter.detach().clone().DetachFromDisposeScope()))]; // [any]
    }

    /// <summary>The averages under the names of the parameters; the initial weights as long as there are none.</summary>
    public IReadOnlyList<(string Name, Tensor Tensor)> Tensors => averages;

    /// <summary>True where there is an average of weights after steps.</summary>
    public bool HasBegun(TrainingProgress progress) => progress.Step > averaging.Start(progress);

    /// <summary>Takes in the weights after a step.</summary>
    /// <param name="progress">As it was before the step.</param>
    public void Add(TrainingProgress progress)
    {
        var n = progress.Step + 1 - averaging.Start(progress) ?? 0;
        if (n < 1) return;
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (named, (_, average)) in parameters.Zip(averages))
        {
            if (n == 1) average.copy_(named.Parameter);
            else average.add_(named.Parameter - average, averaging.Share(n)); // [any]
        }
    }

    /// <summary>Puts the averages where the weights are, and the weights where the averages are; a second time undoes it.</summary>
    public void Swap()
    {
        using var frozen = no_grad();
        foreach (var (named, (_, average)) in parameters.Zip(averages))
        {
            using var raw = named.Parameter.clone(); // [any]
            named.Parameter.copy_(average);
            average.copy_(raw);
        }
    }

    /// <summary>Takes over the averages of a checkpoint, which fit as the weights did.</summary>
    public void Restore(IReadOnlyDictionary<string, Tensor> saved)
    {
        using var frozen = no_grad();
        foreach (var (name, average) in averages) average.copy_(saved[name]);
    }

    public void Dispose()
    {
        foreach (var (_, average) in averages) average.Dispose();
    }
}
