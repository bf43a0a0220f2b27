using RnnTrain.Checkpoints;
using RnnTrain.Configuration;
using RnnTrain.Data;
using RnnTrain.Data.Encoding;
using RnnTrain.Data.Examples;
using RnnTrain.Data.Inputs;
using RnnTrain.Engines;
using RnnTrain.Models;
using RnnTrain.NGrams;
using RnnTrain.Prediction;
using RnnTrain.Runs;
using RnnTrain.Tasks;
using RnnTrain.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Composition;

/// <summary>A finished or running run, opened for use: its configuration, its vocabulary, and the weights of one checkpoint.</summary>
public sealed class TrainedRun : IDisposable
{
    private readonly CheckpointContents saved;

    private TrainedRun(RunFolder folder, LoadedConfig loaded, Lexicon? lexicon, Device device, Precision precision, CheckpointContents saved)
    {
        this.saved = saved;
        Precision = precision;
        Folder = folder;
        Loaded = loaded;
        Lexicon = lexicon;
        Device = device;
    }

    public RunFolder Folder { get; }

    public LoadedConfig Loaded { get; }

    /// <summary>What the numbers of its data mean; null where it reads no text.</summary>
    public Lexicon? Lexicon { get; }

    public Device Device { get; }

    /// <summary>What the model computes in: the run's own where the device can, else fp32.</summary>
    public Precision Precision { get; }

    /// <summary>Why the model computes in fp32 though the run did not, one line; null where it computes as the run did.</summary>
    public string? Remark => Precision == Loaded.Config.Precision
        ? null
        : $"computed in fp32, so the numbers differ by rounding from the run's own: {DevicePrecision.WhyNot(Loaded.Config.Precision, Device)}";

    /// <summary>True where its metrics are the run's own: nothing that bears on them was overridden.</summary>
    public required bool ComputesAsTheRun { get; init; }

    /// <summary>Where runs are named from.</summary>
    private string RunsRoot { get; init; } = "";

    /// <summary>The optimizer steps after which the weights were saved.</summary>
    public long Step => saved.Step;

    /// <param name="run">A run folder or name.</param>
    /// <param name="checkpoint">best, last or a step.</param>
    /// <param name="sets">Overrides, for instance `device=cpu`; keys that change the model are refused.</param>
    /// <exception cref="UserMistakeException">There is no such run or checkpoint, or it is damaged.</exception>
    public static TrainedRun Open(string run, string runsRoot, string checkpoint, IReadOnlyList<string>? sets = null)
    {
        var folder = RunFolder.Open(run, runsRoot);
        var loaded = ConfigLoader.Load(folder.ConfigFile, sets ?? [], Registries.All);
        var differences = ConfigDifference.Between(ConfigLoader.Load(folder.ConfigFile, [], Registries.All).Config, loaded.Config, Registries.All);
        RequireSameModel(differences);
        var device = Devices.Resolve(loaded.Config.Device);
        var precision = DevicePrecision.WhyNot(loaded.Config.Precision, device) is null ? loaded.Config.Precision : Precision.Fp32;
        DevicePrecision.Use(precision, device);
        var engine = EngineChoice.Of(loaded.Config.Engine, device, precision);
        CpuThreads.Use(loaded.Config.Threads, engine);
        return new TrainedRun(folder, loaded, folder.ReadLexicon(), device, precision, CheckpointStore.Open(folder.CheckpointFolder).LoadModel(checkpoint))
        {
            RunsRoot = runsRoot,
            ComputesAsTheRun = precision == loaded.Config.Precision && differences.All(difference => difference.Key is "device" or "threads" or "engine"),
        };
    }

    /// <summary>Its task on the data of its configuration, with the saved weights, in evaluation mode.</summary>
    /// <param name="data">Read with <see cref="Lexicon"/>.</param>
    /// <param name="with">A configuration of the same model to take instead of the run's.</param>
    public IScoredTask Task(IExperimentData data, ExperimentConfig? with = null)
    {
        var config = Experiment.WithoutFirstWeights(with ?? Loaded.Config);
        var task = TaskTable.Tasks.Create(config.Task, new TaskArguments(config, data, Device));
        Restore(task.Model);
        return task;
    }

    /// <summary>The model alone, where it is one of language; in evaluation mode.</summary>
    /// <exception cref="UserMistakeException">It is another kind of model.</exception>
    public SequenceModel LanguageModel()
    {
        var config = Experiment.WithoutFirstWeights(Loaded.Config);
        if (config.Task is not LanguageModelingOptions || Lexicon?.Tokens is not { } vocabulary)
        {
            throw new UserMistakeException($"{Folder.Path}: its task is {TaskTable.Tasks.NameOf(config.Task)}, which writes no text; name a run of language_modeling");
        }

        SequenceModel model = config.Model.Cell is MarkovOptions markov
            ? new NGramModel(markov, vocabulary.Size)
            : new LanguageModel(config.Model, vocabulary.Size, seed: null, config.Engine);
        model.to(Device);
        Restore(model);
        return model;
    }

    /// <summary>The model alone, where it reads one text and writes another; in evaluation mode.</summary>
    public EncoderDecoder EncoderDecoder()
    {
        var config = Experiment.WithoutFirstWeights(Loaded.Config);
        var model = new EncoderDecoder(config.Model, new TextExampleEncoder(config.Data, Lexicon!).Shape, seed: null, config.Engine);
        model.to(Device);
        Restore(model);
        return model;
    }

    /// <summary>What answers texts with the saved weights.</summary>
    /// <exception cref="UserMistakeException">It was trained on no text, or its task answers none; or the run that reranks is not there.</exception>
    public IPredictor Predictor(PredictionOptions options)
    {
        if (Lexicon is null) throw new UserMistakeException($"{Folder.Path}: its data is no text, so it answers none; name a run that was trained on text");
        var config = Experiment.WithoutFirstWeights(Loaded.Config);
        var reranker = config.Decoding?.Reranking is { } reranking ? RerankingRun.Open(reranking, RunsRoot, config) : null;
        return PredictorTable.Create(new PredictorArguments(config, Lexicon, Device, Restore, options) { Reranker = reranker });
    }

    /// <summary>Where the text stands in objects and rows that are to be answered: as in its data, unless told otherwise.</summary>
    /// <param name="field">A field or column; null where nobody told.</param>
    public InputFields InputFields(string? field)
    {
        var fields = Data.Inputs.InputFields.Of(Loaded.Config.Data.Format);
        return field is null ? fields : fields with { Text = [field] };
    }

    public void Dispose() => saved.Dispose();

    private void Restore(SequenceModel model)
    {
        model.LoadParameters(saved.Model.ToDictionary(pair => pair.Name, pair => pair.Tensor));
        model.eval();
        model.ComputeIn(Precision.ComputeType());
    }

    /// <summary>Other tokens or another cell may have the same shapes, and would give other results without a word.</summary>
    private static void RequireSameModel(IReadOnlyList<ConfigDifference> differences)
    {
        List<string> refused =
        [
            .. differences
                .Where(difference => IsOfTheModel(difference.Key))
                .Select(difference => $"--set {difference}: the weights belong to the first; leave it out"),
        ];
        if (refused.Count > 0) throw new UserMistakeException(refused);
    }

    private static bool IsOfTheModel(string key) =>
        key != "model.path" && new[] { "task", "model", "data.tokens", "data.written_tokens", "data.shared_vocabulary" }
            .Any(block => key == block || key.StartsWith(block + ".", StringComparison.Ordinal));
}
