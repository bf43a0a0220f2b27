using System.CommandLine;
using RnnTrain.Composition;
using RnnTrain.Layers;
using RnnTrain.Tasks;
using RnnTrain.Tensors;
using TorchSharp;

namespace RnnTrain.Commands;

/// <summary>`rnn check CONFIG`: validates everything that can be validated without training.</summary>
public static class CheckCommand
{
    public static Command Create(Terminal terminal)
    {
        var config = SharedOptions.ConfigFile();
        var sets = SharedOptions.Sets();
        var dataRoot = SharedOptions.DataRoot();
        var command = new Command("check", "Validates a configuration and its data, and prints sizes; trains nothing.") { config, sets, dataRoot };
        command.SetAction(parsed =>
        {
            var loaded = SharedOptions.Load(parsed.GetRequiredValue(config), parsed.GetValue(sets));
            using var experiment = Experiment.Open(loaded, parsed.GetRequiredValue(dataRoot));
            WriteData(terminal.Output, experiment);
            ModelReport.Write(
                terminal.Output, experiment.Config, DataSummary.Model(experiment.Config, experiment.Data),
                DataSummary.BatchSizes(experiment.Config, experiment.Data));
            WriteHints(terminal.Output, experiment);
            terminal.Output.WriteLine($"{parsed.GetRequiredValue(config)}: no mistakes found");
            return ExitCodes.Done;
        });
        return command;
    }

    private static void WriteData(TextWriter output, Experiment experiment)
    {
        foreach (var (name, text) in experiment.Data.Describe()) output.WriteLine($"{name,-16} {text}");
        foreach (var note in experiment.Notes.Except(experiment.Scored.Notes)) output.WriteLine($"embedding        {note}");
        if (experiment.Scored is ITask task)
        {
            var steps = Training.TrainingSettings.Of(experiment.Config).StepsTotal(task.BatchesIn);
            output.WriteLine(FormattableString.Invariant($"training         {task.BatchesIn(1):N0} steps an epoch, {steps:N0} in all"));
        }
        else
        {
            output.WriteLine("training         counts the training data once");
        }
        output.WriteLine(FormattableString.Invariant($"device           {RunFacts.Describe(experiment.Device)}"));
        if (DevicePrecision.Hint(experiment.Config.Precision, experiment.Device) is { } hint) output.WriteLine($"hint             {hint}");
    }

    private static void WriteHints(TextWriter output, Experiment experiment)
    {
        if (experiment.Device.type != DeviceType.CUDA || experiment.Scored is not ITask task) return;
        var batch = task.MakeBatch(1, 0).BatchSize;
        foreach (var hint in CudnnAdvice.Of(task.Model.Layers, task.Model.Layers[0].InputSize, batch, experiment.Config.Precision.ComputeType() == torch.ScalarType.Float16))
        {
            output.WriteLine($"hint             {hint}");
        }
    }
}
