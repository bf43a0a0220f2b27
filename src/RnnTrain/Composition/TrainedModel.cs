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
    private TrainedModel(RunFolder folder, LoadedConfig loaded, Vocabulary vocabulary, Device device, LanguageModel model, long step)
    {
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
        var engine = EngineChoice.Of(loaded.Config.Engine, device);
        CpuThreads.Use(loaded.Config.Threads, engine);
        using var saved = CheckpointStore.Open(folder.CheckpointFolder).LoadModel(checkpoint);
        var model = new LanguageModel(Experiment.WithoutFirstWeights(loaded.Config).Model, vocabulary.Size, loaded.Config.Seed, loaded.Config.Engine);
        model.LoadParameters(saved.Model.ToDictionary(pair => pair.Name, pair => pair.Tensor));
        model.to(device).eval();
        return new TrainedModel(folder, loaded, vocabulary, device, model, saved.Step);
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
