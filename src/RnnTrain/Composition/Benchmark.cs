using System.Diagnostics;
using RnnTrain.Configuration;
using RnnTrain.Engines;
using RnnTrain.Tasks;
using RnnTrain.Tensors;
using RnnTrain.Training;

namespace RnnTrain.Composition;

/// <summary>
/// Training, measured: some steps to warm up, then those that count, with no clock inside them, then some with a clock between the
/// stages. No evaluation, no checkpoints.
/// </summary>
public sealed class Benchmark : IDisposable
{
    /// <summary>As many as scripts/benchmark gives PyTorch.</summary>
    public const int WarmUpSteps = 5;

    private const int MostStagedSteps = 30;
    private readonly Experiment experiment;

    private Benchmark(Experiment experiment) => this.experiment = experiment;

    /// <exception cref="UserMistakeException">The data, or what the configuration asks for together, does not work.</exception>
    /// <exception cref="MissingCapabilityException">The device or engine asked for is not there.</exception>
    public static Benchmark Open(LoadedConfig loaded, string dataRoot) => new(Experiment.Open(loaded with { Config = OnlyTraining(loaded.Config) }, dataRoot));

    /// <summary>Measures so many steps; null where the token stopped it.</summary>
    /// <param name="steps">From 1.</param>
    /// <param name="isSpeedOnly">True to leave out stages and matrix-product rate, which take time and, on a GPU, memory of their own.</param>
    /// <param name="cancel">Stops it.</param>
    public BenchmarkResult? Run(int steps, bool isSpeedOnly, CancellationToken cancel)
    {
        var end = WarmUpSteps + steps;
        experiment.Trainer([], untilStep: WarmUpSteps).Run(experiment.State, cancel);
        var timing = new MeasuredSteps(experiment.Device, end);
        experiment.Trainer([timing], untilStep: end).Run(experiment.State, cancel);
        if (!timing.AreOver) return null;
        var memory = Process.GetCurrentProcess();
        var summary = DataSummary.Model(experiment.Config, experiment.Data)!; // experiment.Task is refused where no network is trained
        var batch = experiment.Task.MakeBatch(1, 0);
        var operations = summary.TrainingOperationsPerToken * batch.StepsRead / Math.Max(1, batch.TargetCount);
        var result = new BenchmarkResult(
            steps, timing.Seconds, timing.Tokens, timing.DataWaitSeconds, timing.ManagedBytes, operations,
            memory.WorkingSet64, memory.PeakWorkingSet64, experiment.Engine, experiment.Threads)
        { Unit = experiment.Task.Unit };
        if (isSpeedOnly) return result;

        var stages = new StageTimes(experiment.Device);
        experiment.Trainer([], untilStep: end + WarmUpSteps).Run(experiment.State, cancel);
        experiment.Trainer([], stages, end + WarmUpSteps + Math.Min(steps, MostStagedSteps)).Run(experiment.State, cancel);
        if (stages.Steps == 0) return null;
        return result with
        {
            StageSeconds = Enum.GetValues<Stage>().ToDictionary(stage => stage, stage => stages.Seconds(stage) / stages.Steps),
            MatrixProductRate = MatrixProductRate.Measure(experiment.Engine, experiment.Device, experiment.Config.Precision.ComputeType()),
        };
    }

    public void Dispose() => experiment.Dispose();

    private static ExperimentConfig OnlyTraining(ExperimentConfig config) => config with
    {
        Data = config.Data with { Validation = [], Test = [], Split = new SplitOptions() },
        Training = config.Training with { Epochs = int.MaxValue, EarlyStopping = null },
    };
}
