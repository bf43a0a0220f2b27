using RnnTrain.Configuration;
using RnnTrain.Schedules;

namespace RnnTrain.Tasks;

/// <summary>
/// Scheduled sampling: Bengio, Vinyals, Jaitly and Shazeer, "Scheduled sampling for sequence prediction with recurrent neural networks" (2015). At first a
/// decoder reads the symbols that are right, later more and more of those that it would have written itself.
/// <code>
/// own share = S (1 − factor(step))        S the share asked for, factor the schedule's
/// </code>
/// </summary>
/// <param name="training">Share, schedule, and how long training is.</param>
/// <param name="stepsPerEpoch">Optimizer steps of a pass.</param>
public sealed class ScheduledSampling(TrainingOptions training, int stepsPerEpoch)
{
    private readonly ScheduledSamplingOptions options = training.ScheduledSampling!;
    private readonly ISchedule schedule = ScheduleTable.Create(training.ScheduledSampling!.Schedule ?? new LinearOptions());
    private readonly long stepsTotal = Math.Min(training.MaximumSteps ?? long.MaxValue, (long)training.Epochs * stepsPerEpoch);

    /// <summary>The share of symbols that the decoder reads as it would have written them.</summary>
    /// <param name="epoch">Counted from 1.</param>
    /// <param name="index">The batch within the epoch, from 0.</param>
    public double OwnShare(int epoch, int index)
    {
        var step = ((epoch - 1L) * stepsPerEpoch) + index;
        return options.Share * (1 - Math.Clamp(schedule.Factor(new ScheduleMoment(step, stepsTotal, epoch, stepsPerEpoch)), 0, 1));
    }
}
