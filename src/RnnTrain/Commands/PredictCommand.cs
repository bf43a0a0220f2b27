using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using RnnTrain.Composition;
using RnnTrain.Configuration;
using RnnTrain.Data.Inputs;
using RnnTrain.Prediction;

namespace RnnTrain.Commands;

/// <summary>`rnn predict RUN`: a trained model answers texts that it has not seen.</summary>
public static class PredictCommand
{
    // How long a text from a pipe may wait for another that is answered with it: a person does not notice, a program loses little.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(20);

    public static Command Create(Terminal terminal)
    {
        var run = SharedOptions.Run();
        var input = new Option<string>("--input") { Description = "A file, or - for what is piped in.", HelpName = "FILE|-", DefaultValueFactory = _ => InputFile.Standard };
        var output = new Option<string>("--output") { Description = "A file, which is there when all is done, or - to print.", HelpName = "FILE|-", DefaultValueFactory = _ => InputFile.Standard };
        var kind = new Option<string?>("--input-format") { Description = $"How texts stand in the input: {string.Join(", ", InputKinds.Names)}. Default: what the file's name says, else text, one a line.", HelpName = "FORMAT" };
        kind.AcceptOnlyFromAmong([.. InputKinds.Names]);
        var field = new Option<string?>("--field") { Description = "The field of jsonl, or the column of csv and tsv, that holds the text. Default: as in the run's data, else text or source.", HelpName = "NAME" };
        var format = new Option<AnswerFormat>("--format") { Description = "How answers are written, one a line: text, jsonl or csv.", HelpName = "FORMAT" };
        var scores = new Option<bool>("--scores") { Description = "Writes probabilities too." };
        var most = new Option<int>("--batch-size") { Description = "Texts computed at once, at most; fewer where they are long.", HelpName = "N", DefaultValueFactory = _ => 256 };
        var checkpoint = SharedOptions.Checkpoint();
        var sets = SharedOptions.Sets();
        var runsRoot = SharedOptions.RunsRoot();
        var command = new Command("predict", "A trained model answers texts: labels, tags, translations, replies.")
        {
            run, input, output, kind, field, format, scores, most, checkpoint, sets, runsRoot,
        };
        var writing = new WritingOptions(command);
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(most) < 1) throw new UserMistakeException("--batch-size: give 1 or more");
            var options = writing.Of(parsed) with { Scores = parsed.GetValue(scores), MostTexts = parsed.GetValue(most) };
            using var signals = new StopSignals();
            using var trained = TrainedRun.Open(
                parsed.GetRequiredValue(run), parsed.GetRequiredValue(runsRoot), parsed.GetRequiredValue(checkpoint), [.. parsed.GetValue(sets) ?? [], .. writing.Sets(parsed)]);
            if (trained.Remark is { } remark) terminal.Error.WriteLine(remark);
            var path = parsed.GetRequiredValue(input);
            var asked = parsed.GetValue(kind) is { } name ? InputKinds.Named(name)!.Value : InputKinds.OfFile(path);
            var texts = InputReader.Read(InputFile.Lines(path, terminal.Input), asked, trained.InputFields(parsed.GetValue(field)));
            using var predictor = trained.Predictor(options);
            var prediction = new PredictionRun(predictor, parsed.GetValue(format));
            TimeSpan? patience = path == InputFile.Standard ? Patience : null;
            Write(terminal, parsed.GetRequiredValue(output), prediction, (writer, flush) => prediction.Write(texts, patience, writer, flush, signals.Token), signals);
            return signals.ExitCode;
        });
        return command;
    }

    private static void Write(Terminal terminal, string path, PredictionRun prediction, Action<TextWriter, Action> write, StopSignals signals)
    {
        if (path == InputFile.Standard)
        {
            write(terminal.Output, terminal.Output.Flush);
            return;
        }

        using var file = new AnswerFile(path);
        var watch = Stopwatch.StartNew();
        try
        {
            write(file.Writer, file.Flush);
        }
        catch (UserMistakeException mistake)
        {
            throw new UserMistakeException([.. mistake.Lines, Kept(file, prediction)]);
        }

        if (signals.Token.IsCancellationRequested)
        {
            terminal.Error.WriteLine(Kept(file, prediction));
            return;
        }

        file.Finish();
        var rate = prediction.Written / Math.Max(watch.Elapsed.TotalSeconds, 1e-3);
        terminal.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{path}: {prediction.Written:N0} answers in {watch.Elapsed.TotalSeconds:F1} s, {rate:N0}/s"));
    }

    private static string Kept(AnswerFile file, PredictionRun prediction) =>
        string.Create(CultureInfo.InvariantCulture, $"{file.Partial}: the {prediction.Written:N0} answers before that");
}
