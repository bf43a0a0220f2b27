using RnnTrain.Configuration;

namespace RnnTrain.Schedules;

[Describe("Multiplied by a factor whenever the validation loss has stopped falling.")]
public sealed record PlateauOptions : ScheduleOptions
{
    [Describe("What the learning rate is multiplied by.")]
    [Bounds(0, 1, MinimumExcluded = true, MaximumExcluded = true)]
    public double Factor { get; init; } = 0.5;

    [Describe("Evaluations in a row without a better validation loss that are put up with; the next one multiplies.")]
    [Bounds(0)]
    public int Patience { get; init; } = 2;

    [Describe("The smallest factor, as a share of the learning rate.")]
    [Bounds(0, 1)]
    public double Minimum { get; init; }

    [Describe("The share of the best loss by which a loss must lie below it to count as better.")]
    [Bounds(0, 1)]
    public double Threshold { get; init; } = 1e-4;
}

/// <summary>The memory of a <see cref="PlateauSchedule"/>: a plain value, kept with the training state.</summary>
/// <param name="BestLoss">The lowest validation loss so far; none before the first evaluation.</param>
/// <param name="BadEvaluations">Evaluations in a row that were no better.</param>
/// <param name="Factor">The factor now.</param>
public sealed record PlateauState(double? BestLoss = null, int BadEvaluations = 0, double Factor = 1);

/// <summary>
/// Lowers the learning rate when the validation loss has not improved for more than `patience` evaluations in a row, as PyTorch's
/// ReduceLROnPlateau does in its relative mode: a loss l is better where <c>l &lt; best · (1 − threshold)</c>. A loss that is not
/// finite is never better.
/// </summary>
public sealed class PlateauSchedule(PlateauOptions options) : ISchedule, IReactsToValidation
{
    public double Factor(ScheduleMoment moment) => moment.PlateauFactor;

    public PlateauState After(PlateauState state, double validationLoss)
    {
        var better = double.IsFinite(validationLoss)
            && (state.BestLoss is not { } best || validationLoss < best * (1 - options.Threshold));
        if (better) return state with { BestLoss = validationLoss, BadEvaluations = 0 };

        var bad = state.BadEvaluations + 1;
        if (bad <= options.Patience) return state with { BadEvaluations = bad };
        return state with { BadEvaluations = 0, Factor = Math.Max(options.Minimum, state.Factor * options.Factor) };
    }
}
