using RnnTrain.Cells;
using RnnTrain.Checkpoints;
using RnnTrain.Configuration;
using RnnTrain.Data;
using RnnTrain.Data.Batching;
using RnnTrain.Data.Encoding;
using RnnTrain.Data.Formats;
using RnnTrain.Schedules;
using RnnTrain.Tasks;
using RnnTrain.Tensors;
using RnnTrain.Training;
using RnnTrain.Training.Optimizers;
using RnnTrain.Training.Precisions;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Training;

/// <summary>A language model of a few hundred weights on a few hundred characters, for tests of the training loop.</summary>
internal sealed class TinyExperiment : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rnn-test");

    private readonly LossScaleState? lossScale;
    private readonly Device device;

    /// <param name="change">What is other than in <see cref="Default"/>.</param>
    /// <param name="lossScale">Loss scaling from this state, whatever the precision; null for what the precision wants.</param>
    /// <param name="device">The CPU if null.</param>
    public TinyExperiment(Func<ExperimentConfig, ExperimentConfig>? change = null, LossScaleState? lossScale = null, Device? device = null)
    {
        this.lossScale = lossScale;
        this.device = device ?? CPU;
        var text = string.Concat(Enumerable.Range(0, 60).Select(i => $"the {i % 7} cats sat on {i % 5} mats.\n"));
        File.WriteAllText(Path.Combine(folder.FullName, "text.txt"), text);
        Config = change is null ? Default : change(Default);
        Data = ExperimentData.Read(Config, folder.FullName);
        Task = (ITask)TaskTable.Tasks.Create(Config.Task, new TaskArguments(Config, Data, this.device));
        State = NewState(Task);
    }

    public static ExperimentConfig Default => new()
    {
        Name = "tiny",
        Task = new LanguageModelingOptions(),
        Data = new DataOptions
        {
            Format = new PlainTextOptions(),
            Train = ["text.txt"],
            Split = new SplitOptions { Validation = 0.2 },
            Tokens = new CharacterOptions(),
            Batching = new StreamOptions { BatchSize = 4, Steps = 10 },
        },
        Model = new ModelOptions
        {
            EmbeddingSize = 6,
            HiddenSize = 8,
            Layers = 2,
            Cell = new LstmOptions(),
            Dropout = new DropoutOptions { Embedding = 0.1, BetweenLayers = 0.2, Output = 0.1 },
        },
        Training = new TrainingOptions
        {
            Epochs = 2,
            Optimizer = new AdamOptions { LearningRate = 0.01 },
            ClipNorm = 1,
            LogEvery = 7,
        },
    };

    public ExperimentConfig Config { get; }

    public IExperimentData Data { get; }

    public TextCorpus Corpus => (TextCorpus)Data;

    public ITask Task { get; private set; }

    public TrainingState State { get; private set; }

    /// <summary>Whether losses and norms are read late, as on a GPU.</summary>
    public bool DefersReading { get; init; }

    /// <summary>Runs the loop on, and gives back everything it told.</summary>
    public IReadOnlyList<TrainingEvent> Train(CancellationToken cancel = default, Action<TrainingEvent>? also = null, StageTimes? stages = null, ITask? task = null)
    {
        var told = new Recorder(also);
        var settings = TrainingSettings.Of(Config) with { DefersReading = DefersReading };
        new Trainer(task ?? Task, State.Precision.Parameters, settings, ScheduleTable.Create(Config.Training.Schedule), [told], stages)
            .Run(State, cancel);
        return told.Events;
    }

    /// <summary>A freshly built experiment of the same configuration in place of this one's, as a new process would build it.</summary>
    public void BuildAnew()
    {
        Task = (ITask)TaskTable.Tasks.Create(Config.Task, new TaskArguments(Config, Data, device));
        State = NewState(Task);
    }

    /// <summary>Saves the state and puts it into a freshly built experiment, as another process would.</summary>
    public void Reload()
    {
        var checkpoints = Directory.CreateDirectory(Path.Combine(folder.FullName, "checkpoints")).FullName;
        using (State)
        using (Task)
        {
            new CheckpointStore(checkpoints, keep: 1).Save(TrainingCheckpoint.Of(State));
        }

        BuildAnew();
        using var saved = CheckpointStore.Open(checkpoints).Load("last");
        TrainingCheckpoint.Restore(saved, State, CPU);
    }

    /// <summary>Every weight that is trained, and its average where there is one, as bits.</summary>
    public byte[] Weights()
    {
        using var frozen = no_grad();
        var weights = State.Precision.Parameters.Select(named => named.Parameter.detach());
        return [.. weights.Concat(State.Average?.Tensors.Select(named => named.Tensor) ?? []).SelectMany(weight => weight.cpu().contiguous().bytes.ToArray())];
    }

    public void Dispose()
    {
        State.Dispose();
        Task.Dispose();
        folder.Delete(recursive: true);
    }

    private TrainingState NewState(ITask task)
    {
        var precision = lossScale is null
            ? MixedPrecision.Of(task.Model, Config.Precision, device)
            : MixedPrecision.Of(task.Model, Config.Precision.ComputeType(), new LossScale(device, lossScale));
        return TrainingState.Of(task.Model, precision, Config.Training);
    }

    private sealed class Recorder(Action<TrainingEvent>? also) : ITrainingObserver
    {
        public List<TrainingEvent> Events { get; } = [];

        public void On(TrainingEvent happened)
        {
            Events.Add(happened);
            also?.Invoke(happened);
        }
    }
}
