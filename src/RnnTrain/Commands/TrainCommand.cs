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
        var quiet = new Option<bool>("--quiet") { Description = "Prints nothing but mistakes." };
        var verbose = new Option<bool>("--verbose") { Description = "Prints a line each time training metrics are written." };
        var command = new Command("train", "Trains a network, or goes on with a run.")
        {
            config, sets, dataRoot, runsRoot, runDir, resume, checkpoint, quiet, verbose,
        };
        command.SetAction(parsed =>
        {
            var resumed = parsed.GetResult(resume) is not null;
            if (resumed && parsed.GetValue(runDir) is not null) throw new UserMistakeException("--run-dir and --resume exclude each other: --resume RUN names the folder");
            if (!resumed && parsed.GetResult(checkpoint) is { Implicit: false }) throw new UserMistakeException("--checkpoint: names where to go on, so it needs --resume");
            return Run(terminal, new TrainingRequest
            {
                Config = SharedOptions.Load(parsed.GetRequiredValue(config), parsed.GetValue(sets)),
                DataRoot = parsed.GetRequiredValue(dataRoot),
                RunsRoot = parsed.GetRequiredValue(runsRoot),
                RunDir = parsed.GetValue(runDir),
                Resume = resumed ? new ResumeRequest(parsed.GetValue(resume), parsed.GetRequiredValue(checkpoint)) : null,
                Talk = parsed.GetValue(quiet) ? Talk.Quiet : parsed.GetValue(verbose) ? Talk.Verbose : Talk.Normal,
                CommandLine = [.. Environment.GetCommandLineArgs().Skip(1)],
            });
        });
        return command;
    }

    private static int Run(Terminal terminal, TrainingRequest request)
    {
        using var signals = new StopSignals();
        using var training = TrainingRun.Open(request, terminal);
        return training.Run(signals.Token) ? ExitCodes.Done : signals.ExitCode;
    }
}
