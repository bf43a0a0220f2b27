using RnnTrain.Configuration;

namespace RnnTrain.Schedules;

[Describe("Rises in a straight line over the warm-up, then falls in one to the minimum at the last step.")]
public sealed record LinearOptions : ScheduleOptions
{
    [Describe("Optimizer steps of the warm-up.")]
    [Bounds(0)]
    public long WarmupSteps { get; init; }

    [Describe("Where the fall ends, as a share of the learning rate.")]
    [Bounds(0, 1)]
    public double Minimum { get; init; }
}

/// <summary>
/// With step s from 0, a warm-up of W steps and T steps in all: <c>s &lt; W: (s + 1) / W</c>; else <c>1 − (1 − m)·p</c> with
/// <c>p = (s − W) / (T − 1 − W)</c>, so that the last step has the minimum m.
/// </summary>
public sealed class LinearSchedule(LinearOptions options) : ISchedule
{
    public double Factor(ScheduleMoment moment) => moment.Step < options.WarmupSteps
        ? moment.WarmUp(options.WarmupSteps)
        : 1 - (1 - options.Minimum) * moment.ProgressSince(options.WarmupSteps);
}
