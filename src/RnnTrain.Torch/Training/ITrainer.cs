namespace RnnTrain.Training;

/// <summary>What trains a model, by gradients or by counting: it knows neither files nor consoles, and tells its observers what happens.</summary>
public interface ITrainer
{
    /// <summary>Trains until the configuration or the token says to stop; the state is saved at the end in either case.</summary>
    /// <exception cref="Configuration.TrainingDivergedException">Something is not finite; nothing was saved since.</exception>
    StopReason Run(TrainingState state, CancellationToken cancel);
}
