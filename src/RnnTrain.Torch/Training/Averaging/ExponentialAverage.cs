using RnnTrain.Configuration;

namespace RnnTrain.Training.Averaging;

[Describe("An exponential moving average of the weights from the first step on.")]
public sealed record ExponentialAverageOptions : AverageOptions
{
    [Describe("How slowly it forgets: the average reaches back about 1/(1 − decay) steps.")]
    [Bounds(0, 1, MaximumExcluded = true)]
    public double Decay { get; init; } = 0.999;
}

/// <summary>
/// Polyak's average with forgetting, free of its beginning as Adam's means are: with decay d the n-th weights get the share
/// <c>(1 − d)/(1 − dⁿ)</c>, so that the average of few weights is their mean rather than one of zeros.
/// </summary>
public sealed class ExponentialAverage(ExponentialAverageOptions options) : IAveraging
{
    public long? Start(TrainingProgress progress) => 0;

    public double Share(long n) => (1 - options.Decay) / (1 - Math.Pow(options.Decay, n));
}
