using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using RnnTrain.Composition;
using RnnTrain.Configuration;
using RnnTrain.Tensors;
using RnnTrain.Training;
using TorchSharp;

namespace RnnTrain.Commands;

/// <summary>`rnn bench CONFIG`: how many tokens a second training reaches, without evaluation or checkpoints.</summary>
public static class BenchCommand
{
    private const int DefaultSteps = 50;
    private const int WarmUpSteps = 3;

    public static Command Create(Terminal terminal)
    {
        var config = SharedOptions.ConfigFile();
        var sets = SharedOptions.Sets();
        var dataRoot = SharedOptions.DataRoot();
        var json = SharedOptions.Json();
        var steps = new Option<int>("--steps") { Description = "Steps to measure, after a few to warm up.", HelpName = "N", DefaultValueFactory = _ => DefaultSteps };
        var command = new Command("bench", "Measures how many tokens a second training reaches.") { config, sets, dataRoot, steps, json };
        command.SetAction(parsed =>
        {
            var count = parsed.GetValue(steps);
            if (count < 1) throw new UserMistakeException($"--steps: {count} is no number of steps; give 1 or more");
            using var signals = new StopSignals();
            var loaded = SharedOptions.Load(parsed.GetRequiredValue(config), parsed.GetValue(sets));
            using var experiment = Experiment.Open(loaded with { Config = OnlyTraining(loaded.Config, WarmUpSteps + count) }, parsed.GetRequiredValue(dataRoot));
            var timing = new StepTimes();
            experiment.Trainer([timing]).Run(experiment.State, signals.Token);
            if (timing.Steps > 0) Write(terminal.Output, timing, parsed.GetValue(json)); // none where a signal came first
            return signals.ExitCode;
        });
        return command;
    }

    private static ExperimentConfig OnlyTraining(ExperimentConfig config, long steps) => config with
    {
        Data = config.Data with { Validation = [], Test = [], Split = new SplitOptions() },
        Training = config.Training with { MaximumSteps = steps, Epochs = int.MaxValue, EarlyStopping = null },
    };

    private static void Write(TextWriter output, StepTimes timing, bool json)
    {
        output.WriteLine(json
            ? JsonSerializer.Serialize(new Dictionary<string, object>
            {
                ["tokens_per_second"] = timing.TokensPerSecond,
                ["milliseconds_per_step"] = timing.MillisecondsPerStep,
                ["steps"] = timing.Steps,
                ["threads"] = CpuThreads.OfOpenBlas() ?? torch.get_num_threads(),
            })
            : string.Create(CultureInfo.InvariantCulture,
                $"{timing.TokensPerSecond:N0} tokens/s, {timing.MillisecondsPerStep:F2} ms a step over {timing.Steps} steps, {CpuThreads.OfOpenBlas() ?? torch.get_num_threads()} threads"));
    }

    /// <summary>Adds up the steps after the warm-up.</summary>
    private sealed class StepTimes : ITrainingObserver
    {
        private double seconds;
        private long tokens;

        public int Steps { get; private set; }

        public double TokensPerSecond => tokens / seconds;

        public double MillisecondsPerStep => seconds * 1000 / Steps;

        public void On(TrainingEvent happened)
        {
            if (happened is not StepDone step || step.Step <= WarmUpSteps) return;
            Steps++;
            seconds += step.Seconds;
            tokens += step.Tokens;
        }
    }
}
