using RnnTrain.Configuration;
using RnnTrain.Runs;
using RnnTrain.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Checkpoints;

/// <summary>
/// The checkpoints of a run. One is written to a folder that is no checkpoint yet, every file and the folder flushed to the disk, then
/// renamed: whatever happens on the way, those before it stay good. Nothing is loaded that is not, byte for byte, what was saved; a
/// damaged checkpoint is refused by name, and the one before it offered.
/// </summary>
public sealed class CheckpointStore
{
    private readonly CheckpointFolder folder;
    private readonly int? keep;

    private CheckpointStore(string folder, int? keep)
    {
        this.folder = new CheckpointFolder(folder);
        this.keep = keep;
    }

    /// <summary>
    /// Opens the checkpoints for saving: makes the folder where it is missing, and clears away what an interrupted process left. Only
    /// one process may do this in a run; see <see cref="RunFolder.Lock"/>.
    /// </summary>
    /// <param name="folder">The run's checkpoint folder.</param>
    /// <param name="keep">How many of the newest stay, at least 1; the best stays besides.</param>
    /// <exception cref="UserMistakeException">The folder cannot be written to.</exception>
    public CheckpointStore(string folder, int keep)
        : this(folder, (int?)keep)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keep, 1);
        try
        {
            Directory.CreateDirectory(folder);
            this.folder.ClearUnfinished();
            WriteIndex(List());
        }
        catch (Exception error) when (StorageFailure.Is(error))
        {
            throw StorageFailure.Explain(error, folder, "make room or make it writable, and start again");
        }
    }

    /// <summary>The newest checkpoint's step; null where there is none.</summary>
    public long? Newest => folder.Steps() is [.., var step] ? step : null;

    /// <summary>Opens the checkpoints for reading, which also a running training does not mind.</summary>
    /// <param name="folder">The run's checkpoint folder; may be missing, which is no checkpoint.</param>
    public static CheckpointStore Open(string folder) => new(folder, keep: null);

    /// <summary>All complete checkpoints in rising order of steps, a damaged one too: without its loss, if that cannot be read.</summary>
    public IReadOnlyList<CheckpointSummary> List() => CheckpointSummary.ListOf(folder.Steps().Select(SummaryOf));

    /// <summary>The counters and sums of training at the newest checkpoint, one JSON value; null where there is none or it is damaged.</summary>
    public string? NewestProgressJson()
    {
        try
        {
            return Newest is { } step ? CheckpointState.Read(folder.PathOf(step)).ProgressJson : null;
        }
        catch (Exception error) when (error is InvalidDataException || StorageFailure.Is(error))
        {
            return null; // told when it is loaded
        }
    }

    /// <summary>Saves a checkpoint; when this returns it is on the disk.</summary>
    /// <remarks>
    /// One of the same step is replaced. Those of later steps, which only a run that went back to an earlier one can have, are deleted,
    /// and then all but the newest and the best.
    /// </remarks>
    /// <exception cref="UserMistakeException">The disk is full or refuses; the checkpoints before are untouched.</exception>
    public void Save(CheckpointContents contents)
    {
        if (keep is not { } newest) throw new InvalidOperationException("the checkpoints were opened for reading");
        try
        {
            CheckpointWriting.Write(folder.WritingPathOf(contents.Step), contents);
            folder.Publish(contents.Step);
        }
        catch (Exception error) when (StorageFailure.Is(error))
        {
            CheckpointWriting.Discard(folder.WritingPathOf(contents.Step));
            throw StorageFailure.Explain(error, folder.PathOf(contents.Step), Remedy(contents));
        }

        try
        {
            foreach (var step in Superfluous(contents.Step, newest)) folder.Delete(step);
            WriteIndex(List());
        }
        catch (Exception error) when (StorageFailure.Is(error))
        {
            throw StorageFailure.Explain(error, folder.Path, "the checkpoints in it are good; make it writable and continue with --resume");
        }
    }

    /// <summary>Reads a checkpoint to go on training from.</summary>
    /// <param name="selector">`best` (the last one where no validation loss was measured), `last`, or a step.</param>
    /// <param name="device">Where its tensors go; the CPU if null.</param>
    /// <returns>To be disposed of.</returns>
    /// <exception cref="UserMistakeException">There is none, it is damaged, or of another format.</exception>
    public CheckpointContents Load(string selector, Device? device = null) => Load(selector, device, modelOnly: false);

    /// <summary>Reads the model of a checkpoint alone, to use it.</summary>
    /// <inheritdoc cref="Load(string, Device?)"/>
    public CheckpointContents LoadModel(string selector, Device? device = null) => Load(selector, device, modelOnly: true);

    private CheckpointContents Load(string selector, Device? device, bool modelOnly)
    {
        var step = CheckpointSelector.Parse(selector).Find(List(), folder.Path);
        var state = CheckpointState.ReadVerified(folder.PathOf(step), step, modelOnly, out var wrong);
        if (state is null) throw new UserMistakeException($"{folder.PathOf(step)}: {wrong}; {InsteadOf(step)}");
        using var scope = NewDisposeScope();
        var contents = new CheckpointContents
        {
            Step = step,
            Model = Tensors(CheckpointFolder.ModelFile),
            Optimizer = modelOnly ? [] : Tensors(CheckpointFolder.OptimizerFile),
            Carried = modelOnly ? [] : Tensors(CheckpointFolder.CarriedFile),
            ProgressJson = state.ProgressJson,
            ValidationLoss = state.ValidationLoss,
            Criterion = state.Criterion,
        };
        foreach (var (_, tensor) in contents.All) tensor.MoveToOuterDisposeScope();
        return contents;

        IReadOnlyList<(string Name, Tensor Tensor)> Tensors(string file) =>
            state.Has(file) ? On(device, SafetensorsFile.Load(Path.Combine(folder.PathOf(step), file))) : [];
    }

    private static IReadOnlyList<(string Name, Tensor Tensor)> On(Device? device, IReadOnlyList<(string Name, Tensor Tensor)> tensors) =>
        device is null || device.type == DeviceType.CPU
            ? tensors
            : [.. tensors.Select(named => (named.Name, named.Tensor.to(device, disposeAfter: true)))];

    private string InsteadOf(long step)
    {
        var others = folder.Steps().Where(other => other != step).OrderByDescending(other => other < step).ThenByDescending(other => other);
        foreach (var other in others)
        {
            if (CheckpointState.ReadVerified(folder.PathOf(other), other, modelOnly: false, out _) is not null)
                return $"the checkpoint {(other < step ? "before it" : "after it")} is good: --checkpoint {other}";
        }

        return "no other checkpoint of this run is good: train anew";
    }

    private IReadOnlyList<long> Superfluous(long saved, int newest)
    {
        var all = List();
        var later = all.Where(one => one.Step > saved);
        var earlier = all.Where(one => one.Step <= saved).ToArray();
        var best = CheckpointSummary.Best(earlier);
        return [.. later.Concat(earlier.SkipLast(newest).Where(one => one.Step != best)).Select(one => one.Step)];
    }

    private CheckpointSummary SummaryOf(long step)
    {
        try
        {
            var state = CheckpointState.Read(folder.PathOf(step));
            return new CheckpointSummary(step, state.ValidationLoss, state.Criterion);
        }
        catch (Exception error) when (error is InvalidDataException || StorageFailure.Is(error))
        {
            return new CheckpointSummary(step, ValidationLoss: null, Criterion: null); // told when it is loaded
        }
    }

    private void WriteIndex(IReadOnlyList<CheckpointSummary> all) =>
        AtomicFile.Write(Path.Combine(folder.Path, CheckpointFolder.IndexFile), CheckpointIndex.ToBytes(all));

    private string Remedy(CheckpointContents contents)
    {
        var bytes = contents.All.Sum(named => named.Tensor.numel() * named.Tensor.element_size());
        var stays = Newest is { } step ? $"; the checkpoint of step {step} stays good" : "";
        return $"it needs {Math.Max(1, bytes >> 20)} MiB: make room and continue with --resume{stays}";
    }
}
