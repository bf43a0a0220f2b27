using RnnTrain.Configuration;

namespace RnnTrain.Schedules;

[Describe("Rises in a straight line over the warm-up, then falls with the square root of the steps (Vaswani et al. 2017).")]
public sealed record InverseSquareRootOptions : ScheduleOptions
{
    [Describe("Optimizer steps of the warm-up; the last of them has the full learning rate.")]
    [Bounds(1)]
    public required long WarmupSteps { get; init; }
}

/// <summary>
/// Vaswani et al., "Attention is all you need" (2017), scaled so that the peak is 1: with step s from 0 and a warm-up of W steps
/// <c>min((s + 1) / W, √(W / (s + 1)))</c>. It needs not know where the run ends.
/// </summary>
public sealed class InverseSquareRootSchedule(InverseSquareRootOptions options) : ISchedule
{
    public double Factor(ScheduleMoment moment) =>
        Math.Min(moment.WarmUp(options.WarmupSteps), Math.Sqrt(options.WarmupSteps / (moment.Step + 1.0)));
}
