using RnnTrain.Configuration;

namespace RnnTrain.Schedules;

[Describe("The learning rate stays as it is.")]
public sealed record ConstantOptions : ScheduleOptions;

/// <summary>The learning rate stays as it is: a factor of 1.</summary>
public sealed class ConstantSchedule : ISchedule
{
    public double Factor(ScheduleMoment moment) => 1;
}
