using System.CommandLine;
using RnnTrain.Composition;
using RnnTrain.Configuration;

namespace RnnTrain.Commands;

/// <summary>`rnn train CONFIG`: trains a network, or goes on with a run.</summary>
public static class TrainCommand
{
    public static Command Create(Terminal terminal)
    {
        var config = SharedOptions.ConfigFile();
        var sets = SharedOptions.Sets();
        var dataRoot = SharedOptions.DataRoot();
        var runsRoot = SharedOptions.RunsRoot();
        var runDir = new Option<string?>("--run-dir") { Description = "The folder of this run itself, instead of one below --runs.", HelpName = "FOLDER" };
        var resume = new Option<string?>("--resume")
        {
            Description = "Goes on with a run: the newest of the configuration's name, or the one given.",
            HelpName = "RUN",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var checkpoint = new Option<string>("--checkpoint")
        {
            Description = "With --resume: the checkpoint to go on from.",
            HelpName = "last|best|STEP",
            DefaultValueFactory = _ => ResumeRequest.Last,
        };
        var seeds = new Option<string?>("--seeds") { Description = "Trains one run a seed, then prints mean and deviation.", HelpName = "1,2,3" };
        var quiet = new Option<bool>("--quiet") { Description = "Prints nothing but mistakes." };
        var verbose = new Option<bool>("--verbose") { Description = "Prints a line each time training metrics are written." };
        var command = new Command("train", "Trains a network, or goes on with a run.")
        {
            config, sets, dataRoot, runsRoot, runDir, resume, checkpoint, seeds, quiet, verbose,
        };
        command.SetAction(parsed =>
        {
            var resumed = parsed.GetResult(resume) is not null;
            if (resumed && parsed.GetValue(runDir) is not null) throw new UserMistakeException("--run-dir and --resume exclude each other: --resume RUN names the folder");
            if (!resumed && parsed.GetResult(checkpoint) is { Implicit: false }) throw new UserMistakeException("--checkpoint: names where to go on, so it needs --resume");
            var request = new TrainingRequest
            {
                Config = SharedOptions.Load(parsed.GetRequiredValue(config), parsed.GetValue(sets)),
                DataRoot = parsed.GetRequiredValue(dataRoot),
                RunsRoot = parsed.GetRequiredValue(runsRoot),
                RunDir = parsed.GetValue(runDir),
                Resume = resumed ? new ResumeRequest(parsed.GetValue(resume), parsed.GetRequiredValue(checkpoint)) : null,
                Talk = parsed.GetValue(quiet) ? Talk.Quiet : parsed.GetValue(verbose) ? Talk.Verbose : Talk.Normal,
                CommandLine = [.. Environment.GetCommandLineArgs().Skip(1)],
            };
            if (parsed.GetValue(seeds) is not { } list) return Run(terminal, request);
            RequireASeries(request, parsed.GetValue(sets) ?? []);
            return new SeedSeries(parsed.GetRequiredValue(config), parsed.GetValue(sets) ?? [], SeedSeries.Parse(list), resumed, request).Run(terminal);
        });
        return command;
    }

    private static void RequireASeries(TrainingRequest request, IReadOnlyList<string> sets)
    {
        if (request.RunDir is not null) throw new UserMistakeException("--run-dir and --seeds exclude each other: every seed gets a folder of its own below --runs");
        if (request.Resume?.Run is not null) throw new UserMistakeException("--resume RUN and --seeds exclude each other: --resume alone goes on with the newest run of each seed");
        if (request.Resume is { Checkpoint: not ResumeRequest.Last }) throw new UserMistakeException("--checkpoint and --seeds exclude each other: each run goes on from its last one");
        if (sets.Any(set => set.StartsWith("seed=", StringComparison.Ordinal))) throw new UserMistakeException("--set seed and --seeds exclude each other: leave one out");
    }

    private static int Run(Terminal terminal, TrainingRequest request)
    {
        using var signals = new StopSignals();
        using var training = signals.Preparing(() => TrainingRun.Open(request, terminal));
        return training.Run(signals.Token) ? ExitCodes.Done : signals.ExitCode;
    }
}
