using RnnTrain.Data.Batching;
using static TorchSharp.torch;

namespace RnnTrain.Tensors;

/// <summary>Brings a batch of tokens to the device. The arrays are copied, so the batch may be written anew.</summary>
public static class Batches
{
    /// <summary>The tokens to read, int64 [time, batch].</summary>
    public static Tensor Inputs(TokenBatch batch, Device device) =>
        tensor(batch.Inputs, [batch.Steps, batch.BatchSize], device: device); // [time, batch]

    /// <summary>The tokens to predict, int64 [time · batch], with <see cref="TokenBatch.Ignored"/> where nothing is.</summary>
    public static Tensor Targets(TokenBatch batch, Device device) => tensor(batch.Targets, device: device); // [time · batch]
}
