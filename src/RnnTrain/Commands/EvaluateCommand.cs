using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using RnnTrain.Composition;
using RnnTrain.Configuration;
using RnnTrain.Data;
using RnnTrain.Data.Examples;
using RnnTrain.Metrics;
using RnnTrain.Prediction;
using RnnTrain.Runs;
using RnnTrain.Training;

namespace RnnTrain.Commands;

/// <summary>`rnn evaluate RUN`: scores a checkpoint on a split.</summary>
public static class EvaluateCommand
{
    public static Command Create(Terminal terminal)
    {
        var run = SharedOptions.Run();
        var split = new Option<string?>("--split") { Description = "train, validation or test. Default: test if there is test data, else validation.", HelpName = "SPLIT" };
        split.AcceptOnlyFromAmong([.. Enum.GetValues<Split>().Select(SplitNames.Name)]);
        var checkpoint = SharedOptions.Checkpoint();
        var sets = SharedOptions.Sets();
        var dataRoot = SharedOptions.DataRoot();
        var runsRoot = SharedOptions.RunsRoot();
        var json = SharedOptions.Json();
        var output = new Option<string?>("--output") { Description = "Where a model that writes texts leaves those of the split, one a line.", HelpName = "FILE" };
        var command = new Command("evaluate", "Scores a run's checkpoint on a split of the data.") { run, split, checkpoint, sets, dataRoot, runsRoot, output, json };
        command.SetAction(parsed =>
        {
            using var signals = new StopSignals();
            using var trained = TrainedRun.Open(
                parsed.GetRequiredValue(run), parsed.GetRequiredValue(runsRoot), parsed.GetRequiredValue(checkpoint), parsed.GetValue(sets));
            if (trained.Remark is { } remark) terminal.Error.WriteLine(remark);
            var data = signals.Preparing(() => ExperimentData.Read(trained.Loaded.Config, parsed.GetRequiredValue(dataRoot), trained.Lexicon));
            var asked = Choose(parsed.GetValue(split), data);
            using var task = trained.Task(data);
            var hypotheses = parsed.GetValue(output);
            if (hypotheses is not null && !TextEvaluation.IsOf(trained.Loaded.Config)) throw new UserMistakeException("--output: this run writes no texts; leave it out, or use `rnn predict`");
            if (Evaluator.Examine(task, asked, signals.Token) is not { } scores) return signals.ExitCode;
            if (TextEvaluation.IsOf(trained.Loaded.Config))
            {
                using var predictor = trained.Predictor(new PredictionOptions());
                if (TextEvaluation.Run(scores, predictor, (ExampleData)data, asked, hypotheses, signals.Token) is not { } all) return signals.ExitCode;
                scores = all;
            }

            Write(terminal.Output, trained, asked, scores, parsed.GetValue(json));
            if (trained.ComputesAsTheRun) Record(terminal, trained, asked, scores);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Split Choose(string? name, IExperimentData data)
    {
        var asked = name is null
            ? data.Has(Split.Test) ? Split.Test : Split.Validation
            : Enum.GetValues<Split>().First(candidate => candidate.Name() == name);
        if (data.Has(asked)) return asked;
        var there = string.Join(", ", Enum.GetValues<Split>().Where(data.Has).Select(SplitNames.Name));
        throw new UserMistakeException($"--split: the run's configuration has no {asked.Name()} data; there is {there}");
    }

    /// <summary>For `rnn report`. A run that somebody else owns may be evaluated too: then nothing is noted.</summary>
    private static void Record(Terminal terminal, TrainedRun trained, Split split, SplitScores scores)
    {
        try
        {
            Evaluations.Record(trained.Folder, trained.Step, split.Name(), scores.Values);
            EvaluationTables.Write(trained.Folder, trained.Step, split.Name(), scores.Tables);
        }
        catch (UserMistakeException failure)
        {
            terminal.Error.WriteLine($"not noted for `rnn report`: {failure.Message}");
        }
    }

    private static void Write(TextWriter output, TrainedRun trained, Split split, SplitScores scores, bool json)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(new Dictionary<string, object>(
            [
                new("run", trained.Folder.Path),
                new("step", trained.Step),
                new("split", split.Name()),
                .. ScoreReport.Json(scores),
            ])));
            return;
        }
        output.WriteLine($"{trained.Folder.Path}, checkpoint {trained.Step.ToString("N0", CultureInfo.InvariantCulture)}, {split.Name()} data:");
        ScoreReport.Write(output, scores);
    }
}
