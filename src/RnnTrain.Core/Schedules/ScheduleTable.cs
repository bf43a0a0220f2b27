using RnnTrain.Configuration;

namespace RnnTrain.Schedules;

/// <summary>Nothing: a schedule is made from its options alone.</summary>
public readonly record struct ScheduleArguments;

/// <summary>Every learning-rate schedule.</summary>
public static class ScheduleTable
{
    public static Registry<ScheduleOptions, ScheduleArguments, ISchedule> Schedules { get; } = new("schedules")
    {
        { "constant", (ConstantOptions _, ScheduleArguments _) => new ConstantSchedule() },
        { "step", (StepOptions o, ScheduleArguments _) => new StepSchedule(o) },
        { "decay_after", (DecayAfterOptions o, ScheduleArguments _) => new DecayAfterSchedule(o) },
        { "exponential", (ExponentialOptions o, ScheduleArguments _) => new ExponentialSchedule(o) },
        { "linear", (LinearOptions o, ScheduleArguments _) => new LinearSchedule(o) },
        { "cosine", (CosineOptions o, ScheduleArguments _) => new CosineSchedule(o) },
        { "one_cycle", (OneCycleOptions o, ScheduleArguments _) => new OneCycleSchedule(o) },
        { "inverse_square_root", (InverseSquareRootOptions o, ScheduleArguments _) => new InverseSquareRootSchedule(o) },
        { "plateau", (PlateauOptions o, ScheduleArguments _) => new PlateauSchedule(o) },
    };

    /// <summary>The schedule of these options; constant if there are none.</summary>
    public static ISchedule Create(ScheduleOptions? options) => Schedules.Create(options ?? new ConstantOptions(), default);
}
