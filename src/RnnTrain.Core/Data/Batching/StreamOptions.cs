using RnnTrain.Configuration;

namespace RnnTrain.Data.Batching;

[Describe("One long text, read side by side in as many lanes as the batch has, the network's state carried from batch to batch.")]
public sealed record StreamOptions : BatchingOptions
{
    [Describe("Lanes read side by side.")]
    [Bounds(1)]
    public required int BatchSize { get; init; }

    [Describe("Time steps of a batch.")]
    [Bounds(1)]
    public required int Steps { get; init; }

    [Describe("Training windows of random length around `steps` (Merity et al. 2018), the learning rate of a step multiplied by its length / steps; all of one length if absent.")]
    public RandomStepsOptions? RandomSteps { get; init; }

    public override int? FixedSize => BatchSize;
}
