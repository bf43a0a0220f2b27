using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Data;
using RnnTrain.Data.Encoding;
using RnnTrain.Engines;
using RnnTrain.Models;
using RnnTrain.Schedules;
using RnnTrain.Tasks;
using RnnTrain.Tensors;
using RnnTrain.Training;
using RnnTrain.Training.Precisions;
using static TorchSharp.torch;

namespace RnnTrain.Composition;

/// <summary>An experiment put together from its configuration: data read, network built on its device, nothing trained yet.</summary>
public sealed class Experiment : IDisposable
{
    private Experiment(ExperimentConfig config, Device device, EngineChoice engine, CpuThreads threads, IExperimentData data, IScoredTask scored, TrainingState state)
    {
        Config = config;
        Device = device;
        Engine = engine;
        Threads = threads;
        Data = data;
        Scored = scored;
        State = state;
    }

    public ExperimentConfig Config { get; }

    public Device Device { get; }

    /// <summary>What computes recurrent and output layers, and why so.</summary>
    public EngineChoice Engine { get; }

    /// <summary>How many threads compute on the CPU.</summary>
    public CpuThreads Threads { get; }

    public IExperimentData Data { get; }

    /// <summary>Its model with its data.</summary>
    public IScoredTask Scored { get; }

    /// <summary>The same where the model is trained by gradients.</summary>
    /// <exception cref="UserMistakeException">It is trained by counting.</exception>
    public ITask Task => Scored as ITask ?? throw new UserMistakeException(
        $"model.cell.type: {CellTable.Cells.NameOf(Config.Model.Cell)} is learned by counting and has no steps or gradients to look at; use another cell");

    public TrainingState State { get; }

    /// <summary>What a log should say of data, model and how it is computed, one line each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Reads the data, builds the network and draws its initial weights.</summary>
    /// <param name="loaded">The configuration.</param>
    /// <param name="dataRoot">The folder at which relative data paths start.</param>
    /// <param name="lexicon">The lexicon of a run; null to make it from the training data.</param>
    /// <param name="hasWeights">True where weights will come from a checkpoint: then a file that gave the first ones may be gone.</param>
    /// <exception cref="UserMistakeException">The data, or what the configuration asks for together, does not work.</exception>
    /// <exception cref="MissingCapabilityException">The device asked for is not there, or cannot compute in the precision asked for.</exception>
    public static Experiment Open(LoadedConfig loaded, string dataRoot, Lexicon? lexicon = null, bool hasWeights = false)
    {
        var config = loaded.Config;
        var data = ExperimentData.Read(config, dataRoot, lexicon);
        if (config.Sample is { } sample) RequirePrompt(sample, (TextCorpus)data);
        var device = Devices.Resolve(config.Device);
        DevicePrecision.Use(config.Precision, device);
        HeapMemory.KeepFreedBlocks();
        var engine = EngineChoice.Of(config.Engine, device, config.Precision);
        var threads = CpuThreads.Use(config.Threads, engine);
        var task = TaskTable.Tasks.Create(config.Task, new TaskArguments(hasWeights ? WithoutFirstWeights(config) : config, data, device));
        List<string> notes = [.. task.Notes];
        if (config.Model.Vectors is { } vectors && !hasWeights) notes.Add(Begin(task.Model.InputEmbedding!, vectors, data.Lexicon!.Tokens!, dataRoot));
        var precision = MixedPrecision.Of(task.Model, config.Precision, device);
        return new Experiment(config, device, engine, threads, data, task, TrainingState.Of(task.Model, precision, config.Training)) { Notes = notes };
    }

    /// <summary>Puts pre-trained vectors into an embedding, and says which words have one.</summary>
    private static string Begin(TokenEmbedding embedding, VectorOptions options, Vocabulary vocabulary, string dataRoot)
    {
        var vectors = WordVectors.Read(options.File, dataRoot, vocabulary, (int)embedding.Matrix.size(1));
        embedding.Begin(vectors.OfTokens);
        return vectors.Summary;
    }

    /// <summary>The loop over this experiment.</summary>
    /// <param name="observers">Told what happens.</param>
    /// <param name="stages">Measures the stages of each step; null where nobody asks.</param>
    /// <param name="untilStep">Where training ends; null for where the configuration says.</param>
    public ITrainer Trainer(IReadOnlyList<ITrainingObserver> observers, StageTimes? stages = null, long? untilStep = null)
    {
        if (Scored is NGramTask counted && stages is null && untilStep is null) return new CountingTrainer(counted, observers);
        var settings = TrainingSettings.Of(Config);
        if (untilStep is not null) settings = settings with { Training = settings.Training with { MaximumSteps = untilStep } };
        return new Trainer(Task, State.Precision.Parameters, settings, ScheduleTable.Create(Config.Training.Schedule), observers, stages);
    }

    /// <summary>The configuration for a model whose weights are going to be replaced.</summary>
    internal static ExperimentConfig WithoutFirstWeights(ExperimentConfig config) => config with { Model = config.Model with { Initialization = null } };

    // A sample is written when training is over: too late to learn that its prompt cannot be read.
    private static void RequirePrompt(SampleOptions sample, TextCorpus corpus)
    {
        try
        {
            Prompt.Encode(corpus.Tokenizer, corpus.Vocabulary, sample.Prompt);
        }
        catch (UserMistakeException mistake)
        {
            throw new UserMistakeException([.. mistake.Lines.Select(line => $"sample.{line}")]);
        }
    }

    public void Dispose()
    {
        State.Dispose();
        Scored.Dispose();
    }
}
