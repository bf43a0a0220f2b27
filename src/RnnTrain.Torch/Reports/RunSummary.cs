using System.Text.RegularExpressions;
using RnnTrain.Checkpoints;
using RnnTrain.Configuration;
using RnnTrain.Data;
using RnnTrain.Runs;

namespace RnnTrain.Reports;

/// <summary>One run in numbers, read from its folder alone; it may still be training.</summary>
public sealed partial record RunSummary
{
    /// <summary>The run's folder.</summary>
    public required string Path { get; init; }

    /// <summary>The name of its configuration.</summary>
    public required string Name { get; init; }

    public required long Seed { get; init; }

    /// <summary>Trained numbers of the model.</summary>
    public required long Parameters { get; init; }

    /// <summary>Optimizer steps done.</summary>
    public required long Steps { get; init; }

    /// <summary>Time spent in training steps; null before the first checkpoint.</summary>
    public required double? TrainingSeconds { get; init; }

    /// <summary>Training metrics, in rising order of steps.</summary>
    public required IReadOnlyList<RunScore> Training { get; init; }

    /// <summary>Validation metrics, in rising order of steps.</summary>
    public required IReadOnlyList<RunScore> Validation { get; init; }

    /// <summary>Test metrics of the best checkpoint that `rnn evaluate` scored; null where it has scored none.</summary>
    public required RunScore? Test { get; init; }

    /// <summary>Its configuration without the seed and without what decides where it is computed: runs that share it differ by chance alone.</summary>
    public required string Experiment { get; init; }

    /// <summary>The validation metrics of the lowest loss, those of the best checkpoint; null where nothing was measured.</summary>
    public RunScore? Best => BestOf(Validation);

    /// <summary>The newest validation metrics; null where nothing was measured.</summary>
    public RunScore? Last => Validation.Count == 0 ? null : Validation[^1];

    /// <exception cref="UserMistakeException">A file of the run is damaged or cannot be read.</exception>
    public static RunSummary Read(RunFolder folder)
    {
        var manifest = folder.ReadManifest();
        var rows = File.Exists(folder.MetricsFile) ? MetricsFile.Read(folder.MetricsFile) : [];
        var progress = TrainingCheckpoint.NewestProgress(CheckpointStore.Open(folder.CheckpointFolder));
        var validation = RunScore.Of(rows, Split.Validation.Name());
        var tested = RunScore.Of(Evaluations.Read(folder), Split.Test.Name());
        return new RunSummary
        {
            Path = folder.Path,
            Name = manifest.Name,
            Seed = manifest.Seed,
            Parameters = manifest.ParameterCount,
            Steps = Math.Max(progress?.Step ?? 0, rows.Count == 0 ? 0 : rows.Max(row => row.Step)),
            TrainingSeconds = progress?.TrainingSeconds,
            Training = RunScore.Of(rows, Split.Train.Name()),
            Validation = validation,
            Test = tested.FirstOrDefault(score => score.Step == BestOf(validation)?.Step) ?? tested.LastOrDefault(),
            Experiment = ByChance().Replace(ReadConfig(folder), ""),
        };
    }

    private static RunScore? BestOf(IReadOnlyList<RunScore> scores) =>
        scores.Where(score => score.Find("loss") is { } loss && double.IsFinite(loss)).MinBy(score => score.Find("loss"));

    private static string ReadConfig(RunFolder folder)
    {
        try
        {
            return File.ReadAllText(folder.ConfigFile);
        }
        catch (Exception error) when (StorageFailure.Is(error))
        {
            throw new UserMistakeException($"{folder.ConfigFile}: cannot read: {error.Message.TrimEnd('.')}");
        }
    }

    [GeneratedRegex(@"^(seed|device|threads|engine):.*\n", RegexOptions.Multiline)]
    private static partial Regex ByChance();
}
