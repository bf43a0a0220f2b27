using RnnTrain.Checkpoints;
using RnnTrain.Configuration;
using RnnTrain.Data.Encoding;
using RnnTrain.Engines;
using RnnTrain.Models;
using RnnTrain.Runs;
using RnnTrain.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Composition;

/// <summary>A finished or running run, opened for use: its configuration, its vocabulary, and the weights of one checkpoint.</summary>
public sealed class TrainedModel : IDisposable
{
    private TrainedModel(RunFolder folder, LoadedConfig loaded, Vocabulary vocabulary, Device device, Precision precision, LanguageModel model, long step)
    {
        Precision = precision;
        Folder = folder;
        Loaded = loaded;
        Vocabulary = vocabulary;
        Device = device;
        Model = model;
        Step = step;
    }

    public RunFolder Folder { get; }

    public LoadedConfig Loaded { get; }

    public Vocabulary Vocabulary { get; }

    public Device Device { get; }

    /// <summary>What the model computes in: the run's own where the device can, else fp32.</summary>
    public Precision Precision { get; }

    /// <summary>Why the model computes in fp32 though the run did not, one line; null where it computes as the run did.</summary>
    public string? Remark => Precision == Loaded.Config.Precision
        ? null
        : $"computed in fp32, so the numbers differ by rounding from the run's own: {DevicePrecision.WhyNot(Loaded.Config.Precision, Device)}";

    /// <summary>In evaluation mode.</summary>
    public LanguageModel Model { get; }

    /// <summary>The optimizer steps after which the weights were saved.</summary>
    public long Step { get; }

    /// <param name="run">A run folder or name.</param>
    /// <param name="checkpoint">best, last or a step.</param>
    /// <param name="sets">Overrides, for instance `device=cpu`; keys that change the model are refused.</param>
    /// <exception cref="UserMistakeException">There is no such run or checkpoint, or it is damaged.</exception>
    public static TrainedModel Open(string run, string runsRoot, string checkpoint, IReadOnlyList<string>? sets = null)
    {
        var folder = RunFolder.Open(run, runsRoot);
        var loaded = ConfigLoader.Load(folder.ConfigFile, sets ?? [], Registries.All);
        RequireSameModel(folder, loaded.Config);
        var vocabulary = VocabularyFile.Load(folder.VocabularyFile);
        var device = Devices.Resolve(loaded.Config.Device);
        var precision = DevicePrecision.WhyNot(loaded.Config.Precision, device) is null ? loaded.Config.Precision : Precision.Fp32;
        DevicePrecision.Use(precision, device);
        var engine = EngineChoice.Of(loaded.Config.Engine, device, precision);
        CpuThreads.Use(loaded.Config.Threads, engine);
        using var saved = CheckpointStore.Open(folder.CheckpointFolder).LoadModel(checkpoint);
        var model = new LanguageModel(Experiment.WithoutFirstWeights(loaded.Config).Model, vocabulary.Size, loaded.Config.Seed, loaded.Config.Engine);
        model.LoadParameters(saved.Model.ToDictionary(pair => pair.Name, pair => pair.Tensor));
        model.to(device).eval();
        model.ComputeIn(precision.ComputeType());
        return new TrainedModel(folder, loaded, vocabulary, device, precision, model, saved.Step);
    }

    public void Dispose() => Model.Dispose();

    /// <summary>Other tokens or another cell may have the same shapes, and would give other results without a word.</summary>
    private static void RequireSameModel(RunFolder folder, ExperimentConfig now)
    {
        var then = ConfigLoader.Load(folder.ConfigFile, [], Registries.All).Config;
        List<string> refused =
        [
            .. ConfigDifference.Between(then, now, Registries.All)
                .Where(difference => IsOfTheModel(difference.Key))
                .Select(difference => $"--set {difference}: the weights belong to the first; leave it out"),
        ];
        if (refused.Count > 0) throw new UserMistakeException(refused);
    }

    private static bool IsOfTheModel(string key) =>
        key != "model.path" && new[] { "task", "model", "data.tokens" }.Any(block => key.StartsWith(block + ".", StringComparison.Ordinal));
}
