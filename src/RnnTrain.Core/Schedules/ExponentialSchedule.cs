using RnnTrain.Configuration;

namespace RnnTrain.Schedules;

[Describe("Multiplied by a factor with every epoch.")]
public sealed record ExponentialOptions : ScheduleOptions
{
    [Describe("What each epoch but the first multiplies the learning rate by.")]
    [Bounds(0, 1, MinimumExcluded = true)]
    public required double Factor { get; init; }
}

/// <summary>With epochs e counted from 1, <c>factor(e) = Factor ^ (e − 1)</c>.</summary>
public sealed class ExponentialSchedule(ExponentialOptions options) : ISchedule
{
    public double Factor(ScheduleMoment moment) => Math.Pow(options.Factor, moment.Epoch - 1);
}
