using RnnTrain.Data.Batching;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Tensors;

/// <summary>
/// The batches of one stream as tensors. On a GPU, where the whole stream is small enough, it is copied there once, and a batch is a view
/// of it; otherwise each batch is copied, on a GPU from pinned memory, so that nobody waits. On the CPU each batch is copied.
/// </summary>
public sealed class TokenTensors : IDisposable
{
    /// <summary>The most that a stream may take of a GPU's memory: 67 million tokens.</summary>
    public const long MostResidentBytes = 1L << 30;

    private const int BytesPerToken = 2 * sizeof(long); // to read and to predict
    private readonly Device device;
    private readonly Tensor? inputs; // [lane length, lanes]
    private readonly Tensor? targets; // [lane length, lanes]

    /// <param name="stream">Where its batches come from.</param>
    /// <param name="device">Where the tensors are wanted.</param>
    /// <param name="isResident">Whether the stream is copied as a whole; null to decide by device and size.</param>
    public TokenTensors(TokenStream stream, Device device, bool? isResident = null)
    {
        this.device = device;
        var bytes = (long)stream.LaneLength * stream.BatchSize * BytesPerToken;
        if (!(isResident ?? (device.type == DeviceType.CUDA && bytes <= MostResidentBytes))) return;
        (inputs, targets) = Whole(stream, device); // [lane length, lanes] each
    }

    /// <summary>Where the tokens are, for people.</summary>
    public string Place => inputs is not null ? $"all on {device}"
        : device.type == DeviceType.CUDA ? $"copied to {device} batch by batch"
        : "in the CPU's memory";

    /// <summary>The tokens to read, int64 [time, batch].</summary>
    public Tensor Inputs(TokenBatch batch) => inputs is not null
        ? View(inputs, batch) // [lane length, lanes] → [time, batch]
        : device.To(tensor(batch.Inputs, [batch.Steps, batch.BatchSize])); // [time, batch]

    /// <summary>The tokens to predict, int64 [time · batch], with <see cref="TokenBatch.Ignored"/> where nothing is.</summary>
    public Tensor Targets(TokenBatch batch) => targets is not null
        ? View(targets, batch).reshape(-1) // [lane length, lanes] → [time, batch] → [time · batch]
        : device.To(tensor(batch.Targets)); // [time · batch]

    public void Dispose()
    {
        inputs?.Dispose();
        targets?.Dispose();
    }

    private Tensor View(Tensor whole, TokenBatch batch) => whole
        .narrow(0, batch.Start, batch.Steps) // [lane length, lanes] → [time, lanes]
        .narrow(1, batch.FirstLane, batch.BatchSize); // [time, lanes] → [time, batch]

    private static (Tensor Inputs, Tensor Targets) Whole(TokenStream stream, Device device)
    {
        using var scope = NewDisposeScope();
        var inputs = empty([stream.LaneLength, stream.BatchSize], ScalarType.Int64); // [lane length, lanes]
        var targets = empty([stream.LaneLength, stream.BatchSize], ScalarType.Int64); // [lane length, lanes]
        var batch = stream.Batch(0);
        for (var index = 0; index < stream.Windows; index++)
        {
            using var window = NewDisposeScope();
            batch = stream.Batch(index, batch);
            var first = (long)index * stream.Steps;
            inputs.narrow(0, first, batch.Steps).copy_(tensor(batch.Inputs, [batch.Steps, batch.BatchSize])); // [time, lanes]
            targets.narrow(0, first, batch.Steps).copy_(tensor(batch.Targets, [batch.Steps, batch.BatchSize])); // [time, lanes]
        }

        return (inputs.to(device).DetachFromDisposeScope(), targets.to(device).DetachFromDisposeScope());
    }
}
