using RnnTrain.Configuration;

namespace RnnTrain.Training;

/// <summary>The blocks of a configuration that the training loop reads.</summary>
public sealed record TrainingSettings(long Seed, TrainingOptions Training, Interval EvaluateEvery, Interval CheckpointEvery)
{
    public static TrainingSettings Of(ExperimentConfig config) =>
        new(config.Seed, config.Training, config.Evaluation.Every, config.Checkpoints.Every);

    /// <summary>Optimizer steps of the whole run.</summary>
    public long StepsTotal(int batchesPerEpoch) =>
        Math.Min(Training.MaximumSteps ?? long.MaxValue, (long)Training.Epochs * batchesPerEpoch);
}
