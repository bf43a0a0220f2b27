namespace RnnTrain.Schedules;

/// <summary>A schedule that learns from the validation loss. Its memory is a value that the trainer keeps and checkpoints.</summary>
public interface IReactsToValidation
{
    /// <summary>The memory after one more evaluation. Its factor reaches the schedule as <see cref="ScheduleMoment.PlateauFactor"/>.</summary>
    PlateauState After(PlateauState state, double validationLoss);
}
