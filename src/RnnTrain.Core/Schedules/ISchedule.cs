namespace RnnTrain.Schedules;

/// <summary>
/// A learning-rate schedule: a pure function from a moment of training to the factor by which the optimizer's learning rate is
/// multiplied. A resumed run therefore needs nothing but the moment.
/// </summary>
public interface ISchedule
{
    double Factor(ScheduleMoment moment);
}
