using RnnTrain.Configuration;

namespace RnnTrain.Schedules;

[Describe("Rises in a straight line over the warm-up, then falls along half a cosine to the minimum at the last step.")]
public sealed record CosineOptions : ScheduleOptions
{
    [Describe("Optimizer steps of the warm-up.")]
    [Bounds(0)]
    public long WarmupSteps { get; init; }

    [Describe("Where the fall ends, as a share of the learning rate.")]
    [Bounds(0, 1)]
    public double Minimum { get; init; }
}

/// <summary>
/// Loshchilov and Hutter, "SGDR" (2017), one period, after a linear warm-up of W steps. With step s from 0 and T steps in all:
/// <c>s &lt; W: (s + 1) / W</c>; else <c>m + (1 − m) · ½ (1 + cos(π p))</c> with <c>p = (s − W) / (T − 1 − W)</c>, so that the
/// first step after the warm-up has the full learning rate and the last one the minimum m.
/// </summary>
public sealed class CosineSchedule(CosineOptions options) : ISchedule
{
    public double Factor(ScheduleMoment moment)
    {
        if (moment.Step < options.WarmupSteps) return moment.WarmUp(options.WarmupSteps);
        var progress = moment.ProgressSince(options.WarmupSteps);
        return options.Minimum + (1 - options.Minimum) * 0.5 * (1 + Math.Cos(Math.PI * progress));
    }
}
