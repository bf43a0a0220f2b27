using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using RnnTrain.Composition;
using RnnTrain.Configuration;
using RnnTrain.Data.Inputs;
using RnnTrain.Prediction;

namespace RnnTrain.Commands;

/// <summary>`rnn predict RUN`: a trained model answers texts that it has not seen.</summary>
public sealed class PredictCommand
{
    // How long a text from a pipe may wait for another that is answered with it: a person does not notice, a program loses little.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(20);

    private readonly Argument<string> run = SharedOptions.Run();
    private readonly Option<string> input = new("--input") { Description = "A file, or - for what is piped in.", HelpName = "FILE|-", DefaultValueFactory = _ => InputFile.Standard };
    private readonly Option<string> output = new("--output") { Description = "A file, which is there when all is done, or - to print.", HelpName = "FILE|-", DefaultValueFactory = _ => InputFile.Standard };
    private readonly Option<string?> kind = new("--input-format")
    {
        Description = $"How texts stand in the input: {string.Join(", ", InputKinds.Names)}. Default: what the file's name says, else text, one a line.",
        HelpName = "FORMAT",
    };

    private readonly Option<string?> field = new("--field") { Description = "The field of jsonl, or the column of csv and tsv, that holds the text. Default: as in the run's data, else text or source.", HelpName = "NAME" };
    private readonly Option<AnswerFormat> format = new("--format") { Description = "How answers are written, one a line: text, jsonl or csv.", HelpName = "FORMAT" };
    private readonly Option<bool> scores = new("--scores") { Description = "Writes probabilities or scores too." };
    private readonly Option<string?> attention = new("--attention") { Description = "Draws what a model with attention looked at as SVG: 000001.svg for the first answer, and so on.", HelpName = "FOLDER" };
    private readonly Option<int> texts = new("--n-best") { Description = "Where texts are written: so many for each, the best first, in the field `texts`.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<int> most = new("--batch-size") { Description = "Texts computed at once, at most; fewer where they are long.", HelpName = "N", DefaultValueFactory = _ => 256 };
    private readonly Option<string> checkpoint = SharedOptions.Checkpoint();
    private readonly Option<string[]> sets = SharedOptions.Sets();
    private readonly Option<string> runsRoot = SharedOptions.RunsRoot();
    private readonly WritingOptions writing;
    private readonly Command command;
    private readonly Terminal terminal;

    private PredictCommand(Terminal terminal)
    {
        this.terminal = terminal;
        kind.AcceptOnlyFromAmong([.. InputKinds.Names]);
        command = new Command("predict", "A trained model answers texts: labels, tags, translations, replies.")
        {
            run, input, output, kind, field, format, scores, attention, texts, most, checkpoint, sets, runsRoot,
        };
        writing = new WritingOptions(command);
        command.SetAction(Run);
    }

    public static Command Create(Terminal terminal) => new PredictCommand(terminal).command;

    private int Run(ParseResult parsed)
    {
        var options = Wanted(parsed);
        using var signals = new StopSignals();
        using var trained = TrainedRun.Open(
            parsed.GetRequiredValue(run), parsed.GetRequiredValue(runsRoot), parsed.GetRequiredValue(checkpoint), [.. parsed.GetValue(sets) ?? [], .. writing.Sets(parsed)]);
        if (trained.Remark is { } remark) terminal.Error.WriteLine(remark);
        var path = parsed.GetRequiredValue(input);
        var asked = parsed.GetValue(kind) is { } name ? InputKinds.Named(name)!.Value : InputKinds.OfFile(path);
        var inputs = InputReader.Read(InputFile.Lines(path, terminal.Input), asked, trained.InputFields(parsed.GetValue(field)));
        using var predictor = trained.Predictor(options);
        var prediction = new PredictionRun(predictor, parsed.GetValue(format), parsed.GetValue(attention) is { } folder ? new AttentionFolder(folder) : null);
        TimeSpan? patience = path == InputFile.Standard ? Patience : null;
        Write(parsed.GetRequiredValue(output), prediction, (writer, flush) => prediction.Write(inputs, patience, writer, flush, signals.Token), signals);
        return signals.ExitCode;
    }

    private PredictionOptions Wanted(ParseResult parsed)
    {
        if (parsed.GetValue(most) < 1) throw new UserMistakeException("--batch-size: give 1 or more");
        if (parsed.GetValue(texts) < 1) throw new UserMistakeException("--n-best: give 1 or more");
        return writing.Of(parsed) with
        {
            Scores = parsed.GetValue(scores),
            Attention = parsed.GetValue(attention) is not null,
            Texts = parsed.GetValue(texts),
            MostTexts = parsed.GetValue(most),
        };
    }

    private void Write(string path, PredictionRun prediction, Action<TextWriter, Action> write, StopSignals signals)
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
