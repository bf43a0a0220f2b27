using System.Globalization;
using RnnTrain.Checkpoints;
using RnnTrain.Configuration;
using RnnTrain.Data;
using RnnTrain.Generation;
using RnnTrain.Models;
using RnnTrain.Observers;
using RnnTrain.Runs;
using RnnTrain.Training;
using RnnTrain.Training.NonFinite;
using Serilog.Core;

namespace RnnTrain.Composition;

/// <summary>One training run with its folder: a new one, or one that goes on from a checkpoint.</summary>
public sealed class TrainingRun : IDisposable
{
    private readonly TrainingRequest request;
    private readonly Terminal terminal;
    private readonly RunFolder folder;
    private readonly RunLock folderLock;
    private readonly Experiment experiment;
    private readonly CheckpointStore checkpoints;
    private MetricsFile metrics;
    private readonly Logger log;

    private TrainingRun(TrainingRequest request, Terminal terminal, RunFolder folder, RunLock folderLock, Experiment experiment)
    {
        this.request = request;
        this.terminal = terminal;
        this.folder = folder;
        this.folderLock = folderLock;
        this.experiment = experiment;
        checkpoints = new CheckpointStore(folder.CheckpointFolder, experiment.Config.Checkpoints.Keep);
        log = RunLog.Open(folder);
        metrics = request.Resume is null ? MetricsFile.Create(folder.MetricsFile) : Restore();
    }

    /// <summary>Checks everything that can be checked before the first step, makes or opens the run folder, and reads the data.</summary>
    /// <exception cref="UserMistakeException">Something in the request, the data or the run folder does not fit.</exception>
    public static TrainingRun Open(TrainingRequest request, Terminal terminal)
    {
        var config = request.Config.Config;
        if (request.Resume is null)
        {
            var experiment = Experiment.Open(request.Config, request.DataRoot);
            var folder = RunFolder.Create(request.RunsRoot, config.Name, DateTimeOffset.Now, request.RunDir);
            var folderLock = folder.Lock();
            folder.Write(folder.ConfigFile, ConfigWriter.Write(config, Registries.All));
            if (experiment.Data.Lexicon is { } lexicon) folder.Write(lexicon);
            folder.Write(RunFacts.Manifest(request, experiment));
            return new TrainingRun(request, terminal, folder, folderLock, experiment);
        }
        var resumed = request.Resume.Run is { } run ? RunFolder.Open(run, request.RunsRoot) : RunFolder.OpenNewest(request.RunsRoot, config.Name);
        var resumedLock = resumed.Lock();
        var changes = RunChanges.Allowed(resumed, config);
        var hasWeights = CheckpointStore.Open(resumed.CheckpointFolder).Newest is not null;
        var continued = Experiment.Open(request.Config, request.DataRoot, resumed.ReadLexicon(), hasWeights);
        RunChanges.RefuseOtherData(resumed, continued.Data.Files);
        return new TrainingRun(request with { Changes = changes }, terminal, resumed, resumedLock, continued);
    }

    /// <summary>The run's folder.</summary>
    public string Path => folder.Path;

    /// <summary>Trains to the end. False where the token stopped it; then everything is saved.</summary>
    /// <exception cref="TrainingDivergedException">A loss or gradient was not finite; the last checkpoint is untouched.</exception>
    public bool Run(CancellationToken cancel)
    {
        Say($"run: {folder.Path}");
        foreach (var change in request.Changes) Say($"changed since the run began: {change}");
        log.Information("engine: {Engine} ({Reason}), threads: {Threads}", experiment.Engine.Name, experiment.Engine.Reason, experiment.Threads.ToString());
        foreach (var note in experiment.Notes) log.Information("{Note}", note);
        StopReason reason;
        try
        {
            reason = terminal.IsInteractive && request.Talk == Talk.Normal
                ? LiveObserver.Show(live => Train(live, cancel))
                : Train(request.Talk == Talk.Quiet ? null : new PlainObserver(terminal.Output, request.Talk == Talk.Verbose), cancel);
        }
        catch (TrainingDivergedException diverged)
        {
            log.Error("{Message}", diverged.Message);
            throw new TrainingDivergedException(diverged.Step, $"{diverged.What}; {LastGoodCheckpoint()}");
        }
        catch (Exception bug) when (bug is not UserMistakeException)
        {
            log.Fatal(bug, "a bug in rnn, or a failing machine");
            throw;
        }
        if (reason != StopReason.Interrupted) folder.Write(folder.ReadManifest() with { FinishedAt = DateTimeOffset.Now });
        if (request.Talk != Talk.Quiet) Conclude(reason, cancel);
        return reason != StopReason.Interrupted;
    }

    public void Dispose()
    {
        metrics.Dispose();
        log.Dispose();
        experiment.Dispose();
        folderLock.Dispose();
    }

    private StopReason Train(ITrainingObserver? console, CancellationToken cancel)
    {
        var rollback = new Rollback(NonFiniteTable.Create(experiment.Config.Training.OnNonFinite), checkpoints, experiment.Device);
        while (true)
        {
            List<ITrainingObserver> observers = [new MetricsObserver(metrics), new LogObserver(log), new CheckpointObserver(checkpoints, metrics)];
            if (console is not null) observers.Add(console);
            try
            {
                return experiment.Trainer(observers).Run(experiment.State, cancel);
            }
            catch (TrainingDivergedException diverged)
            {
                if (!rollback.Undo(experiment.State)) throw;
                GoOnFromCheckpoint(diverged);
            }
        }
    }

    private void GoOnFromCheckpoint(TrainingDivergedException diverged)
    {
        var progress = experiment.State.Progress;
        metrics.Dispose();
        metrics = MetricsFile.Continue(folder.MetricsFile, progress.Step);
        log.Warning("{Message}; back to step {Step} for the {Rollbacks}. time, the learning rate times {RateFactor}",
            diverged.Message, progress.Step, progress.Rollbacks, progress.RateFactor);
        Say(string.Create(CultureInfo.InvariantCulture, $"{diverged.Message}; back to step {progress.Step:N0}, the learning rate times {progress.RateFactor:G4}"));
    }

    private MetricsFile Restore()
    {
        var progress = experiment.State.Progress;
        if (checkpoints.Newest is not null || request.Resume!.Checkpoint != ResumeRequest.Last)
        {
            using var saved = checkpoints.Load(request.Resume!.Checkpoint, experiment.Device);
            TrainingCheckpoint.Restore(saved, experiment.State, experiment.Device);
            progress = experiment.State.Progress;
            // going back: later checkpoints go before the metrics of their steps do, or a kill in between would leave a run with a hole
            if (saved.Step < checkpoints.Newest) checkpoints.Save(saved);
        }
        folder.Write(folder.ReadManifest().Resumed(RunFacts.Resumption(request, experiment)));
        folder.Write(folder.ConfigFile, ConfigWriter.Write(experiment.Config, Registries.All));
        foreach (var change in request.Changes) log.Information("changed since the run began: {Change}", change);
        return MetricsFile.Continue(folder.MetricsFile, progress.Step);
    }

    /// <summary>The run's own configuration holds what --set changed, so the command needs no more than the data.</summary>
    private string GoOnCommand => $"{Terminal.Program} train {folder.ConfigFile} --resume {folder.Path} --data-root {request.DataRoot}";

    private string LastGoodCheckpoint() => checkpoints.Newest is { } step
        ? $"the last good checkpoint is step {step}; go on from it with a lower learning rate: {GoOnCommand} --set training.optimizer.learning_rate=…"
        : "there is no checkpoint yet; start again with a lower learning rate, or with training.clip_norm";

    private void Conclude(StopReason reason, CancellationToken cancel)
    {
        var progress = experiment.State.Progress;
        var best = progress.BestLoss is { } loss
            ? string.Create(CultureInfo.InvariantCulture, $"; best validation {Judged(progress)}loss {ProgressLine.Scores(experiment.Scored.LossMetrics(loss))} at step {progress.BestStep:N0}")
            : "";
        var what = reason switch
        {
            StopReason.Finished => "done",
            StopReason.EarlyStopping => "stopped early, since the validation loss no longer improves",
            _ => "stopped and saved",
        };
        Say(string.Create(CultureInfo.InvariantCulture, $"{what}: step {progress.Step:N0} after {progress.TrainingSeconds:F0} s of training{best}"));
        if (reason != StopReason.Interrupted && experiment.Config.Sample is { } sample) WriteSample(sample, cancel);
        Say($"run: {folder.Path}");
        if (reason == StopReason.Interrupted)
        {
            Say($"go on with: {GoOnCommand}");
            return;
        }
        Say("next:");
        Say($"  {Terminal.Program} evaluate {folder.Path} --data-root {request.DataRoot}");
        if (experiment.Scored.Model is LanguageModel or NGramModel) Say($"  {Terminal.Program} generate {folder.Path} --length 500");
    }

    /// <summary>`accuracy 0.93, ` where evaluations are judged by another metric than the loss.</summary>
    private string Judged(TrainingProgress progress) => progress.BestCriterion is { } criterion
        ? string.Create(CultureInfo.InvariantCulture, $"{experiment.Config.Evaluation.Metric} {Math.Abs(criterion):G4}, ")
        : "";

    private void WriteSample(SampleOptions sample, CancellationToken cancel)
    {
        Say("a sample:");
        var text = new WrittenText(sample.Prompt, sample.Length, new SamplingOptions { Temperature = sample.Temperature }, experiment.Config.Seed);
        var corpus = (TextCorpus)experiment.Data;
        experiment.State.WithAverage(() => text.WriteTo(
            terminal.Output, experiment.Scored.Model, corpus.Tokenizer, corpus.Vocabulary, experiment.Device, cancel));
    }

    private void Say(string line)
    {
        if (request.Talk != Talk.Quiet) terminal.Output.WriteLine(line);
    }
}
