using RnnTrain.Configuration;
using RnnTrain.Data;
using RnnTrain.Data.Batching;
using RnnTrain.Engines;
using RnnTrain.Models.Initializations;
using RnnTrain.Reports;
using RnnTrain.Runs;
using RnnTrain.Tasks;
using RnnTrain.Tensors;

namespace RnnTrain.Composition;

/// <summary>The network of a run or of a configuration, opened to be diagnosed: the same weights, its layers unrolled, so that each step can be seen.</summary>
public sealed class DiagnosedNetwork : IDisposable
{
    private readonly IScoredTask task;

    private DiagnosedNetwork(string name, string weights, string folder, ExperimentConfig config, IScoredTask task)
    {
        this.task = task;
        Name = name;
        Weights = weights;
        Folder = folder;
        Config = config;
    }

    /// <summary>The name of its configuration.</summary>
    public string Name { get; }

    /// <summary>Which weights it has: `first weights`, `checkpoint 500`.</summary>
    public string Weights { get; }

    /// <summary>Where a diagnosis is written unless told otherwise.</summary>
    public string Folder { get; }

    public ExperimentConfig Config { get; }

    /// <param name="target">A run folder or name, or a configuration file; of the latter, the first weights are taken.</param>
    /// <param name="sets">Overrides.</param>
    /// <param name="steps">How many steps batches of one long text shall have; null for as many as in training.</param>
    /// <param name="dataRoot">The folder at which relative data paths start.</param>
    /// <param name="runsRoot">The folder of all runs.</param>
    /// <param name="checkpoint">Of a run: best, last or a step.</param>
    /// <exception cref="UserMistakeException">There is no such run or file, or something does not fit.</exception>
    public static DiagnosedNetwork Open(string target, IReadOnlyList<string> sets, int? steps, string dataRoot, string runsRoot, string checkpoint)
    {
        string[] all = [.. sets, "precision=fp32"]; // weights as they were trained: it is all computed in Float64
        return IsConfig(target) ? OpenConfig(target, all, steps, dataRoot, runsRoot) : OpenRun(target, all, steps, dataRoot, runsRoot, checkpoint);
    }

    /// <summary>Whether a target is a configuration file, not a run.</summary>
    public static bool IsConfig(string target) => File.Exists(target) || Path.GetExtension(target) is ".yaml" or ".yml" or ".json";

    /// <summary>The measurement; null where it was stopped.</summary>
    /// <exception cref="UserMistakeException">There is no such data, or nothing to measure.</exception>
    public MemoryDiagnosis? Diagnose(Split split, int batches, CancellationToken cancel)
    {
        if (task.EvaluationBatches(split) == 0) throw new UserMistakeException($"--split: the configuration has no {split.Name()} data; choose another");
        return MemoryMeasurement.Of(task, split, batches, cancel);
    }

    /// <summary>What of its configuration bears on a remedy.</summary>
    public MemoryAdvice Advice() => new(
        task.Model.NamedParameters().Any(parameter => parameter.ForgetGate is not null),
        Config.Model.Initialization?.ForgetGateBias,
        Config.Model.Initialization is OrthogonalInitializationOptions,
        Config.Training.ClipNorm);

    public void Dispose() => task.Dispose();

    private static DiagnosedNetwork OpenConfig(string file, IReadOnlyList<string> sets, int? steps, string dataRoot, string runsRoot)
    {
        var config = Unrolled(ConfigLoader.Load(file, sets, Registries.All).Config, steps);
        var device = Devices.Resolve(config.Device);
        DevicePrecision.Use(config.Precision, device);
        CpuThreads.Use(config.Threads, EngineChoice.Of(config.Engine, device, config.Precision));
        var task = TaskTable.Tasks.Create(config.Task, new TaskArguments(config, ExperimentData.Read(config, dataRoot), device));
        return new DiagnosedNetwork(config.Name, "first weights", Path.Combine(runsRoot, config.Name, RunFolder.Diagnosis), config, task);
    }

    private static DiagnosedNetwork OpenRun(
        string run, IReadOnlyList<string> sets, int? steps, string dataRoot, string runsRoot, string checkpoint)
    {
        using var trained = TrainedRun.Open(run, runsRoot, checkpoint, sets);
        var config = Unrolled(trained.Loaded.Config, steps);
        var task = trained.Task(ExperimentData.Read(config, dataRoot, trained.Lexicon), config);
        return new DiagnosedNetwork(
            config.Name, FormattableString.Invariant($"checkpoint {trained.Step}"), trained.Folder.DiagnosisFolder, config, task);
    }

    /// <summary>The same network, of whose layers each step can be seen, which a fused one does not show.</summary>
    private static ExperimentConfig Unrolled(ExperimentConfig config, int? steps)
    {
        config = config with { Model = config.Model with { Path = LayerPath.Unrolled } };
        if (steps is null) return config;
        if (config.Data.Batching is not StreamOptions stream)
        {
            throw new UserMistakeException("--steps: says how long windows of one long text are; here examples have lengths of their own, so leave it out");
        }
        return config with { Data = config.Data with { Batching = stream with { Steps = steps.Value } } };
    }
}
