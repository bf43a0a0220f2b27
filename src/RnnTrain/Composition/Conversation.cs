using System.Globalization;
using RnnTrain.Configuration;
using RnnTrain.Prediction;
using RnnTrain.Runs;

namespace RnnTrain.Composition;

/// <summary>
/// A conversation between a person and a model, line by line. Lines that begin with a slash are told to the conversation itself. Where nobody looks on, what
/// is written are the replies and nothing else, a line each.
/// </summary>
/// <param name="replier">The model.</param>
/// <param name="output">Where replies go.</param>
/// <param name="remarks">Where all else goes.</param>
/// <param name="isWatched">True where a person looks on: then there are prompts.</param>
public sealed class Conversation(IReplier replier, TextWriter output, TextWriter remarks, bool isWatched)
{
    private const string Help = """
        Write a line and it is answered. Besides:
          /reset              forget what was said
          /temperature 0.7    reply by chance, below 1 closer to what is likeliest; 0 for the likeliest
          /save FILE          write down what was said
          /help               this
          /quit               end, as Ctrl-D does
        """;

    private readonly List<string> said = []; // of both, in turn
    private readonly List<string> remembered = []; // since the last reset
    private double? temperature;
    private int replies;

    /// <summary>Lines that could not be answered.</summary>
    public int Mistakes { get; private set; }

    /// <summary>Answers lines until there are no more, or one says so.</summary>
    public void Run(TextReader lines, CancellationToken cancel)
    {
        if (isWatched) remarks.WriteLine("/help says what else can be done here than talk.");
        while (!cancel.IsCancellationRequested)
        {
            if (isWatched) output.Write("> ");
            output.Flush();
            if (Next(lines, cancel)?.Trim() is not { } line) break;
            if (line == "/quit") return;
            if (line.Length > 0) Take(line);
        }

        if (isWatched) output.WriteLine();
    }

    // A line may never come, and whoever presses Ctrl-C does not want to wait for it.
    private static string? Next(TextReader lines, CancellationToken cancel)
    {
        var line = Task.Run(lines.ReadLine, CancellationToken.None);
        try
        {
            line.Wait(cancel);
            return line.Result;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private void Take(string line)
    {
        try
        {
            if (line[0] == '/') Obey(line);
            else Answer(line);
        }
        catch (UserMistakeException mistake)
        {
            Mistakes++;
            foreach (var told in mistake.Lines) remarks.WriteLine(told);
        }
    }

    private void Answer(string line)
    {
        remembered.Add(line);
        var turns = remembered[^Math.Min(replier.History, remembered.Count)..];
        string reply;
        try
        {
            reply = replier.Reply(turns, replies++, temperature);
        }
        catch (UserMistakeException)
        {
            remembered.RemoveAt(remembered.Count - 1); // else no later line could be answered
            if (!isWatched) output.WriteLine(); // a line of replies for each line asked
            throw;
        }

        remembered.Add(reply);
        said.AddRange([line, reply]);
        output.WriteLine(reply);
    }

    private void Obey(string line)
    {
        var (command, argument) = line.Split(' ', 2, StringSplitOptions.TrimEntries) is [var first, var rest] ? (first, rest) : (line, "");
        switch (command)
        {
            case "/help":
                remarks.WriteLine(Help);
                break;
            case "/reset":
                remembered.Clear();
                remarks.WriteLine("forgotten");
                break;
            case "/temperature" when double.TryParse(argument, NumberStyles.Float, CultureInfo.InvariantCulture, out var wanted) && wanted >= 0 && double.IsFinite(wanted):
                temperature = wanted;
                remarks.WriteLine(string.Create(CultureInfo.InvariantCulture, $"temperature {wanted}"));
                break;
            case "/temperature":
                throw new UserMistakeException($"/temperature {argument}: give a number of 0 or above, as in /temperature 0.7");
            case "/save" when argument.Length > 0:
                Save(argument);
                break;
            case "/save":
                throw new UserMistakeException("/save: name a file, as in /save talk.txt");
            default:
                throw new UserMistakeException($"{command}: unknown; /help says what there is");
        }
    }

    private void Save(string path)
    {
        try
        {
            AtomicFile.Write(path, string.Concat(said.Select((turn, place) => $"{(place % 2 == 0 ? "you" : "rnn")}: {turn}\n")));
        }
        catch (Exception error) when (StorageFailure.Is(error))
        {
            throw StorageFailure.Explain(error, path, "name another file");
        }

        remarks.WriteLine($"{path}: {said.Count / 2} exchanges");
    }
}
