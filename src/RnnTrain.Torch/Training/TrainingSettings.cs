using RnnTrain.Configuration;
using RnnTrain.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Training;

/// <summary>The blocks of a configuration that the training loop reads.</summary>
public sealed record TrainingSettings(long Seed, TrainingOptions Training, Interval EvaluateEvery, Interval CheckpointEvery)
{
    public static TrainingSettings Of(ExperimentConfig config) =>
        new(config.Seed, config.Training, config.Evaluation.Every, config.Checkpoints.Every)
        { RecurrentWeightDrop = config.Model.Dropout.RecurrentWeights, JudgedBy = config.Evaluation.Metric };

    /// <summary>The validation metric by which the best checkpoint is chosen.</summary>
    public string JudgedBy { get; init; } = MetricTable.Loss.Name;

    /// <summary>The share of the weights of recurrent matrices that are dropped in a step.</summary>
    public double RecurrentWeightDrop { get; init; }

    /// <summary>
    /// Whether the loss and gradient norm of a step stay on the device until metrics, an evaluation or a checkpoint need them; null to do so
    /// on a GPU, where reading them would make it idle.
    /// </summary>
    public bool? DefersReading { get; init; }

    /// <summary>The same for a network on this device.</summary>
    public bool Defers(Device device) => DefersReading ?? device.type == DeviceType.CUDA;

    /// <summary>Optimizer steps of the whole run.</summary>
    /// <param name="batchesIn">Steps of a pass over the training data, counted from 1.</param>
    public long StepsTotal(Func<int, int> batchesIn)
    {
        var most = Training.MaximumSteps ?? long.MaxValue;
        long steps = 0;
        for (var epoch = 1; epoch <= Training.Epochs && steps < most; epoch++) steps += batchesIn(epoch);
        return Math.Min(most, steps);
    }
}
