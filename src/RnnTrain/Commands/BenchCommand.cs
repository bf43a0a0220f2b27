using System.CommandLine;
using RnnTrain.Composition;
using RnnTrain.Configuration;

namespace RnnTrain.Commands;

/// <summary>`rnn bench CONFIG`: how fast training is, where the time goes, and what of the machine it uses; nothing is evaluated or saved.</summary>
public static class BenchCommand
{
    private const int DefaultSteps = 50;

    public static Command Create(Terminal terminal)
    {
        var config = SharedOptions.ConfigFile();
        var sets = SharedOptions.Sets();
        var dataRoot = SharedOptions.DataRoot();
        var json = SharedOptions.Json();
        var steps = new Option<int>("--steps")
        {
            Description = $"Steps to measure, after {Benchmark.WarmUpSteps} to warm up.",
            HelpName = "N",
            DefaultValueFactory = _ => DefaultSteps,
        };
        var speedOnly = new Option<bool>("--speed-only") { Description = "Leaves out the times by stage and the rate of a large matrix product." };
        var command = new Command("bench", "Measures how fast training is, stage by stage, and what of the machine it uses.") { config, sets, dataRoot, steps, speedOnly, json };
        command.SetAction(parsed =>
        {
            var count = parsed.GetValue(steps);
            if (count < 1) throw new UserMistakeException($"--steps: {count} is no number of steps; give 1 or more");
            using var signals = new StopSignals();
            var loaded = SharedOptions.Load(parsed.GetRequiredValue(config), parsed.GetValue(sets));
            using var benchmark = signals.Preparing(() => Benchmark.Open(loaded, parsed.GetRequiredValue(dataRoot)));
            if (benchmark.Run(count, parsed.GetValue(speedOnly), signals.Token) is not { } result) return signals.ExitCode;
            if (parsed.GetValue(json)) BenchReport.WriteJson(terminal.Output, result);
            else BenchReport.Write(terminal.Output, result);
            return ExitCodes.Done;
        });
        return command;
    }
}
