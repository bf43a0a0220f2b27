using System.Globalization;
using RnnTrain.Composition;
using RnnTrain.Configuration;
using RnnTrain.Reports;
using RnnTrain.Runs;

namespace RnnTrain.Commands;

/// <summary>`rnn train CONFIG --seeds 1,2,3`: one normal run a seed, one after the other, then mean and deviation.</summary>
/// <param name="ConfigFile">The experiment.</param>
/// <param name="Sets">Overrides, none of them of the seed.</param>
/// <param name="Seeds">Each once.</param>
/// <param name="GoesOn">True to go on where an interrupted series stopped: finished runs are left alone, the others continued or begun.</param>
/// <param name="Request">What each run is asked, but for configuration and resumption.</param>
public sealed record SeedSeries(string ConfigFile, IReadOnlyList<string> Sets, IReadOnlyList<long> Seeds, bool GoesOn, TrainingRequest Request)
{
    /// <exception cref="UserMistakeException">It is not a list of different seeds.</exception>
    public static IReadOnlyList<long> Parse(string text)
    {
        var seeds = text.Split(',').Select(part => long.TryParse(part.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
            ? seed
            : throw new UserMistakeException($"--seeds: '{part.Trim()}' is no seed; give whole numbers from 0 on, as in --seeds 1,2,3")).ToArray();
        var twice = seeds.GroupBy(seed => seed).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? seeds : throw new UserMistakeException($"--seeds: {twice.Key} is there twice, and would give the same run again");
    }

    /// <summary>Trains them all.</summary>
    /// <returns>The exit code: a run that diverged does not keep the next from its turn.</returns>
    public int Run(Terminal terminal)
    {
        using var signals = new StopSignals();
        var requests = Seeds.Select(RequestOf).ToArray(); // mistakes are told before the first run begins
        var runs = new List<string>();
        var exitCode = ExitCodes.Done;
        foreach (var (seed, request) in Seeds.Zip(requests))
        {
            if (GoesOn && request.Resume?.Run is { } known && IsFinished(known, request.Config.Config))
            {
                Say(terminal, $"seed {seed}: finished before: {known}");
                runs.Add(known);
                continue;
            }
            Say(terminal, $"seed {seed}:");
            using var training = signals.Preparing(() => TrainingRun.Open(request, terminal));
            runs.Add(training.Path);
            try
            {
                if (!training.Run(signals.Token))
                {
                    Say(terminal, $"go on with all seeds: {GoOnCommand()}");
                    return signals.ExitCode;
                }
            }
            catch (TrainingDivergedException diverged)
            {
                terminal.Error.WriteLine($"rnn: seed {seed}: {diverged.Message}");
                exitCode = ExitCodes.Diverged;
            }
        }
        if (Request.Talk != Talk.Quiet) RunTable.Write(terminal.Output, [.. runs.Select(run => RunSummary.Read(RunFolder.Open(run)))], "loss");
        return exitCode;
    }

    private TrainingRequest RequestOf(long seed)
    {
        var config = SharedOptions.Load(ConfigFile, [.. Sets, FormattableString.Invariant($"seed={seed}")]);
        var known = GoesOn ? NewestOf(seed, config.Config.Name) : null;
        return Request with { Config = config, Resume = known is null ? null : new ResumeRequest(known, ResumeRequest.Last) };
    }

    private string? NewestOf(long seed, string name) => RunFolder.Names(Request.RunsRoot).Contains(name)
        ? RunFolder.OpenAll(Path.Combine(Request.RunsRoot, name)).LastOrDefault(run => run.ReadManifest().Seed == seed)?.Path
        : null;

    /// <summary>A run that has come to its end does so no more where it is to be trained for longer.</summary>
    private static bool IsFinished(string run, ExperimentConfig config)
    {
        var folder = RunFolder.Open(run);
        return folder.ReadManifest().FinishedAt is not null && RunChanges.Allowed(folder, config).Count == 0;
    }

    private string GoOnCommand() => string.Join(' ',
    [
        Terminal.Program, "train", ConfigFile, "--seeds", string.Join(',', Seeds), "--resume",
        "--data-root", Request.DataRoot, "--runs", Request.RunsRoot, .. Sets.Select(set => $"--set '{set}'"),
    ]);

    private void Say(Terminal terminal, string line)
    {
        if (Request.Talk != Talk.Quiet) terminal.Output.WriteLine(line);
    }
}
