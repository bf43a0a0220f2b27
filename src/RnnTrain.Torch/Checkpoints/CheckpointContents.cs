using static TorchSharp.torch;

namespace RnnTrain.Checkpoints;

/// <summary>
/// What a checkpoint holds. Contents that were loaded own their tensors and are to be disposed of; contents made to be saved only show
/// tensors of others, and are not.
/// </summary>
public sealed record CheckpointContents : IDisposable
{
    /// <summary>Optimizer steps done.</summary>
    public required long Step { get; init; }

    /// <summary>The model's parameters under PyTorch's names.</summary>
    public required IReadOnlyList<(string Name, Tensor Tensor)> Model { get; init; }

    /// <summary>What the optimizer remembers; may be empty.</summary>
    public required IReadOnlyList<(string Name, Tensor Tensor)> Optimizer { get; init; }

    /// <summary>The recurrent state that the next window begins with; empty where it begins anew.</summary>
    public required IReadOnlyList<(string Name, Tensor Tensor)> Carried { get; init; }

    /// <summary>The counters and sums of training, one JSON value.</summary>
    public required string ProgressJson { get; init; }

    /// <summary>The validation loss at this step, where it was measured.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>What that evaluation is judged by, the lower the better; null where it is the loss.</summary>
    public double? Criterion { get; init; }

    /// <summary>Every tensor in it.</summary>
    internal IEnumerable<(string Name, Tensor Tensor)> All => Model.Concat(Optimizer).Concat(Carried);

    public void Dispose()
    {
        foreach (var (_, tensor) in All) tensor.Dispose();
    }
}
