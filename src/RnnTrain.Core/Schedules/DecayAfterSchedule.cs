using RnnTrain.Configuration;

namespace RnnTrain.Schedules;

[Describe("Constant for the first epochs, then multiplied by a factor with every further one (Zaremba et al. 2014).")]
public sealed record DecayAfterOptions : ScheduleOptions
{
    [Describe("The last epoch at the full learning rate, counted from 1.")]
    [Bounds(0)]
    public required int Epoch { get; init; }

    [Describe("What each further epoch multiplies the learning rate by.")]
    [Bounds(0, 1, MinimumExcluded = true)]
    public required double Factor { get; init; }
}

/// <summary>
/// The recipe of Zaremba, Sutskever and Vinyals, "Recurrent neural network regularization" (2014): with epochs e counted from 1,
/// <c>factor(e) = Factor ^ max(0, e − Epoch)</c>. Epochs 1 to <c>Epoch</c> run at the full learning rate, the next at Factor times it.
/// </summary>
public sealed class DecayAfterSchedule(DecayAfterOptions options) : ISchedule
{
    public double Factor(ScheduleMoment moment) => Math.Pow(options.Factor, Math.Max(0, moment.Epoch - options.Epoch));
}
