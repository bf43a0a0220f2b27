using System.CommandLine;
using System.Globalization;
using RnnTrain.Composition;
using RnnTrain.Configuration;
using RnnTrain.Data;
using RnnTrain.Reports;
using RnnTrain.Runs;

namespace RnnTrain.Commands;

/// <summary>`rnn diagnose RUN|CONFIG …`: how far back in time a network can learn, in numbers, a chart and a sentence.</summary>
public static class DiagnoseCommand
{
    private const int DefaultBatches = 2;

    public static Command Create(Terminal terminal)
    {
        var targets = new Argument<string[]>("run|config") { Description = "Runs (folders or names) or configuration files; of the latter the first weights are taken.", Arity = ArgumentArity.OneOrMore };
        var batches = new Option<int>("--batches") { Description = "Batches to read.", HelpName = "N", DefaultValueFactory = _ => DefaultBatches };
        var steps = new Option<int?>("--steps") { Description = "Steps of a batch of one long text; as many as in training if absent.", HelpName = "N" };
        var split = new Option<string>("--split") { Description = "train, validation or test.", HelpName = "SPLIT", DefaultValueFactory = _ => Split.Train.Name() };
        split.AcceptOnlyFromAmong([.. Enum.GetValues<Split>().Select(SplitNames.Name)]);
        var output = new Option<string?>("--output") { Description = "Where CSV and chart go. Default: `diagnosis` in the folder of the run, or of the configuration's runs.", HelpName = "FOLDER" };
        var checkpoint = SharedOptions.Checkpoint();
        var sets = SharedOptions.Sets();
        var dataRoot = SharedOptions.DataRoot();
        var runsRoot = SharedOptions.RunsRoot();
        var command = new Command("diagnose", "Says how far back in time a network can learn: gradients through time, Jacobians, saturation.")
        {
            targets, batches, steps, split, output, checkpoint, sets, dataRoot, runsRoot,
        };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(batches) < 1) throw new UserMistakeException("--batches: give 1 or more");
            if (parsed.GetValue(steps) is < 2) throw new UserMistakeException("--steps: give 2 or more, or there is nothing to look back at");
            using var signals = new StopSignals();
            var asked = Enum.GetValues<Split>().First(candidate => candidate.Name() == parsed.GetRequiredValue(split));
            var found = new List<(string Name, MemoryDiagnosis Diagnosis)>();
            foreach (var target in parsed.GetRequiredValue(targets))
            {
                using var network = DiagnosedNetwork.Open(
                    target, parsed.GetValue(sets) ?? [], parsed.GetValue(steps), parsed.GetRequiredValue(dataRoot), parsed.GetRequiredValue(runsRoot), parsed.GetRequiredValue(checkpoint));
                if (network.Diagnose(asked, parsed.GetValue(batches), signals.Token) is not { } diagnosis) return signals.ExitCode;
                Say(terminal.Output, network, diagnosis, asked);
                Write(terminal.Output, FolderOf(network, parsed.GetValue(output), parsed.GetRequiredValue(targets).Length), diagnosis.Chart(network.Name), diagnosis.ToCsv());
                found.Add((network.Name, diagnosis));
            }
            if (found.Count > 1 && parsed.GetValue(output) is { } folder) Write(terminal.Output, folder, MemoryDiagnosis.Chart(found));
            return ExitCodes.Done;
        });
        return command;
    }

    private static string FolderOf(DiagnosedNetwork network, string? output, int targets) => output is null
        ? network.Folder
        : targets == 1 ? output : Path.Combine(output, network.Name);

    private static void Say(TextWriter output, DiagnosedNetwork network, MemoryDiagnosis diagnosis, Split split)
    {
        void Line(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
        Line($"{network.Name}, {network.Weights}: the loss at the last step of {diagnosis.Examples} examples of {split.Name()} data, {diagnosis.Steps} steps back");
        foreach (var layer in diagnosis.Layers)
        {
            Line($"{layer.Name}: {MemoryAdvice.Sentence(layer.Reach)}");
            var jacobians = layer.JacobianNorms.Select(norm => norm.Value).Order().ToArray();
            if (jacobians.Length > 0) Line($"  step Jacobian    largest singular value {jacobians[jacobians.Length / 2]:G3} (median of {jacobians.Length} steps), {jacobians[^1]:G3} at most");
            Line($"  saturated        {string.Join(", ", layer.Saturation.Select(gate => FormattableString.Invariant($"{gate.Gate} {gate.Share:P0}")))}");
            Line($"  dead units       {layer.DeadUnits:P0}");
            if (layer.SpectralRadii.Count > 0) Line($"  spectral radius  {string.Join(", ", layer.SpectralRadii.Select(block => FormattableString.Invariant($"{block.Value:G3} ({block.Block})")))}");
        }
        if (network.Advice().Remedy(diagnosis.Verdict) is { } remedy) output.WriteLine(remedy);
    }

    private static void Write(TextWriter output, string folder, LineChart chart, string? csv = null)
    {
        var file = Path.Combine(folder, "gradients.svg");
        try
        {
            Directory.CreateDirectory(folder);
            AtomicFile.Write(file, chart.ToSvg());
            if (csv is not null) AtomicFile.Write(Path.Combine(folder, "diagnosis.csv"), csv);
        }
        catch (Exception error) when (StorageFailure.Is(error))
        {
            throw StorageFailure.Explain(error, folder, "choose a writable folder with --output");
        }
        output.WriteLine($"written: {file}{(csv is null ? "" : $", {Path.Combine(folder, "diagnosis.csv")}")}");
    }
}
