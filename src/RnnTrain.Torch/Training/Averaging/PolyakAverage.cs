using RnnTrain.Configuration;

namespace RnnTrain.Training.Averaging;

[Describe("The mean of the weights of all steps from some moment on (Polyak and Juditsky 1992); the raw weights count until then.")]
public sealed record PolyakAverageOptions : AverageOptions
{
    [Describe("Begin after this many steps; if absent, when validation gets worse.")]
    [Bounds(0)]
    public long? AfterSteps { get; init; }

    [Describe("Without after_steps: begin when a validation loss is worse than the best of all before but so many latest ones (Merity et al. 2018).")]
    [Bounds(0)]
    public int Patience { get; init; } = 5;

    public override bool WaitsForValidation => AfterSteps is null;
}

/// <summary>
/// The mean of the weights after each step, <c>share(n) = 1/n</c>: averaged stochastic gradient descent where the optimizer is plain descent.
/// Its beginning is a step, or the non-monotonic trigger of Merity, Keskar and Socher, "Regularizing and optimizing LSTM language
/// models" (2018).
/// </summary>
public sealed class PolyakAverage(PolyakAverageOptions options) : IAveraging
{
    public long? Start(TrainingProgress progress) => options.AfterSteps ?? progress.AverageTrigger.StartedAt;

    public double Share(long n) => 1.0 / n;

    public AverageTrigger After(AverageTrigger trigger, double loss, long step) =>
        options.AfterSteps is null ? trigger.After(loss, step, options.Patience) : trigger;
}
