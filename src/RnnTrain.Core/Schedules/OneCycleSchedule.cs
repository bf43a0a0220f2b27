using RnnTrain.Configuration;

namespace RnnTrain.Schedules;

[Describe("Rises from a low learning rate to the full one, then falls far below where it began (Smith 2018).")]
public sealed record OneCycleOptions : ScheduleOptions
{
    [Describe("The share of all steps in which it rises.")]
    [Bounds(0, 1, MinimumExcluded = true, MaximumExcluded = true)]
    public double Rising { get; init; } = 0.3;

    [Describe("Where it begins, as a share of the learning rate.")]
    [Bounds(0, 1, MinimumExcluded = true)]
    public double Initial { get; init; } = 0.04;

    [Describe("Where it ends, as a share of the learning rate.")]
    [Bounds(0, 1)]
    public double Final { get; init; } = 4e-6;
}

/// <summary>
/// Smith and Topin, "Super-convergence" (2018), in the shape and with the defaults of PyTorch's OneCycleLR: with step s from 0 and T steps
/// in all, two halves of a cosine, from the initial share to 1 at step <c>u = rising·T − 1</c>, and on to the final share at step T − 1.
/// The momentum stays as it is.
/// </summary>
public sealed class OneCycleSchedule(OneCycleOptions options) : ISchedule
{
    public double Factor(ScheduleMoment moment)
    {
        var peak = options.Rising * moment.TotalSteps - 1;
        if (moment.Step <= peak) return Between(options.Initial, 1, peak > 0 ? moment.Step / peak : 1);
        return Between(1, options.Final, Math.Clamp((moment.Step - peak) / (moment.TotalSteps - 1 - peak), 0, 1));
    }

    private static double Between(double start, double end, double progress) =>
        end + (start - end) / 2 * (1 + Math.Cos(Math.PI * progress));
}
