using System.Text.Json;
using RnnTrain.Configuration;
using RnnTrain.Data.Examples;

namespace RnnTrain.Data.Formats;

/// <summary>Options of <see cref="DialoguesFormat"/>.</summary>
[Describe("Conversations in JSON Lines, plain or compressed with gzip: a list of turns a line, or an object that has one. Every turn but the first is a reply to the turns before it.")]
public sealed record DialoguesOptions : FormatOptions
{
    [Describe("The key of the list of turns, where a line is an object; keys of objects within objects are joined by dots.")]
    public string Turns { get; init; } = "turns";

    [Describe("The key of the text, where a turn is an object.")]
    public string Text { get; init; } = "text";

    [Describe("The most turns that are read before a reply: the last ones.")]
    [Bounds(1)]
    public int History { get; init; } = 1;

    [Describe("What is read between two turns, spaces around it: a sign that the turns themselves lack, and one character, so that no kind of token cuts it.")]
    public string Separator { get; init; } = "⏎";

    [Describe("What becomes of a reply without text, or to nothing but empty turns.")]
    public EmptyText Empty { get; init; } = EmptyText.Skip;

    public override TargetKind? Targets => TargetKind.Sequence;

    /// <summary>What is read to reply to a conversation.</summary>
    /// <param name="turns">All turns so far, the newest last.</param>
    public string Context(IEnumerable<string> turns) => string.Join($" {Separator} ", turns.TakeLast(History));

    public override IEnumerable<ConfigMistake> Check(DataOptions data)
    {
        if (string.IsNullOrWhiteSpace(Separator) && History > 1)
            yield return new ConfigMistake("data.format.separator", "nothing would show where a turn ends; write for instance ⏎");
    }
}

/// <summary>Conversations, of which every turn but the first is a reply to a window of those before it.</summary>
public sealed class DialoguesFormat(DialoguesOptions options, FormatContext context) : ITextExampleFormat
{
    private readonly DataPaths paths = new(context.DataRoot);
    private readonly Omissions omissions = new(options.Empty, "exchange");

    public IReadOnlyList<string> Remarks => omissions.Remarks;

    public IReadOnlyList<DataFile> Files(IReadOnlyList<string> entries, Split split) => paths.Hashed(entries, split);

    public IEnumerable<TextExample> Read(IReadOnlyList<string> entries, Split split) => omissions.WithText(ReadAll(entries, split.Key()), split);

    private IEnumerable<TextExample> ReadAll(IReadOnlyList<string> entries, string key)
    {
        foreach (var path in paths.Resolve(entries, key))
        {
            foreach (var line in TextLines.Read(path, key))
            {
                if (string.IsNullOrWhiteSpace(line.Text)) continue;
                var turns = TurnsOf(line, $"{key}: {line.Place}");
                for (var reply = 1; reply < turns.Length; reply++)
                    yield return new TextExample { Place = line.Place, Text = options.Context(turns[..reply].Where(turn => turn.Length > 0)), Target = turns[reply] };
            }
        }
    }

    private string[] TurnsOf(TextLine line, string where)
    {
        using var document = Parse(line, where);
        var turns = document.RootElement;
        if (turns.ValueKind == JsonValueKind.Object && !JsonRows.TryFind(turns, options.Turns, out turns))
        {
            throw new UserMistakeException(
                $"{where}: there is no '{options.Turns}' in this object, whose keys are {JsonRows.Keys(document.RootElement)}; set data.format.turns to one of them");
        }

        if (turns.ValueKind != JsonValueKind.Array)
            throw new UserMistakeException($"{where}: {Shown.Text(turns.GetRawText())} is no list of turns; write [\"…\", \"…\"]");
        return [.. turns.EnumerateArray().Select((turn, place) => TextOf(turn, place + 1, where))];
    }

    private static JsonDocument Parse(TextLine line, string where)
    {
        try
        {
            return JsonDocument.Parse(line.Text);
        }
        catch (JsonException)
        {
            throw new UserMistakeException($"{where}: {Shown.Text(line.Text)} is not JSON; write one list of turns a line, such as [\"Hello.\", \"Hello, who is there?\"]");
        }
    }

    private string TextOf(JsonElement turn, int number, string where)
    {
        var text = turn.ValueKind == JsonValueKind.Object && JsonRows.TryFind(turn, options.Text, out var inner) ? inner : turn;
        if (text.ValueKind == JsonValueKind.String) return text.GetString()!.Trim();
        throw new UserMistakeException(turn.ValueKind == JsonValueKind.Object
            ? $"{where}: turn {number} has no text under '{options.Text}', its keys are {JsonRows.Keys(turn)}; set data.format.text to one of them"
            : $"{where}: turn {number} is {Shown.Text(turn.GetRawText())}; write a text, or an object that has one");
    }
}
