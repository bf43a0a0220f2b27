using RnnTrain.Configuration;

namespace RnnTrain.Training.Averaging;

/// <summary>Nothing: how to average is made from its options alone.</summary>
public readonly record struct AverageArguments;

/// <summary>Every way to average weights.</summary>
public static class AverageTable
{
    public static Registry<AverageOptions, AverageArguments, IAveraging> Averages { get; } = new("averages")
    {
        { "exponential", (ExponentialAverageOptions o, AverageArguments _) => new ExponentialAverage(o) },
        { "polyak", (PolyakAverageOptions o, AverageArguments _) => new PolyakAverage(o) },
    };

    /// <summary>How the configuration averages, by its own key or by its optimizer; null where it does not.</summary>
    public static IAveraging? Create(TrainingOptions options) =>
        (options.Average ?? options.Optimizer.Average) is { } average ? Averages.Create(average, default) : null;
}
