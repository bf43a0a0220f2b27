using RnnTrain.Configuration;

namespace RnnTrain.Schedules;

[Describe("Multiplied by a factor after every so many epochs.")]
public sealed record StepOptions : ScheduleOptions
{
    [Describe("Epochs at the same learning rate.")]
    [Bounds(1)]
    public required int Epochs { get; init; }

    [Describe("What the learning rate is then multiplied by.")]
    [Bounds(0, 1, MinimumExcluded = true)]
    public double Factor { get; init; } = 0.1;
}

/// <summary>Stairs of equal length: with epochs e counted from 1, <c>factor(e) = Factor ^ ⌊(e − 1) / Epochs⌋</c>.</summary>
public sealed class StepSchedule(StepOptions options) : ISchedule
{
    public double Factor(ScheduleMoment moment) => Math.Pow(options.Factor, (moment.Epoch - 1) / options.Epochs);
}
