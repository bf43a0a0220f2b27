using RnnTrain.Configuration;

namespace RnnTrain.Data.Batching;

[Describe("Separate examples, padded on the right to the longest of the batch; the network begins each with a state of zero.")]
public sealed record ExampleOptions : BatchingOptions
{
    [Describe("Examples a batch.")]
    [Bounds(1)]
    public override required int BatchSize { get; init; }

    [Describe("Read the training examples in a new random order each epoch.")]
    public bool Shuffle { get; init; } = true;
}
