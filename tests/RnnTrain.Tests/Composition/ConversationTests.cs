using RnnTrain.Composition;
using RnnTrain.Configuration;
using RnnTrain.Prediction;

namespace RnnTrain.Tests.Composition;

public sealed class ConversationTests
{
    [Fact]
    public void Replies_and_nothing_else_are_written_where_nobody_looks_on()
    {
        var (output, remarks, mistakes) = Talk("hi\n\nhow are you\n", isWatched: false);
        Assert.Equal("0[hi]\n1[hi|0[hi]|how are you]\n", output);
        Assert.Equal(("", 0), (remarks, mistakes));
    }

    [Fact]
    public void A_person_sees_prompts_and_what_can_be_done()
    {
        var (output, remarks, _) = Talk("hi\n/help\n", isWatched: true);
        Assert.Equal("> 0[hi]\n> > \n", output);
        Assert.Contains("/temperature 0.7", remarks, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_so_many_turns_are_looked_back_at_and_none_after_a_reset()
    {
        var (output, _, _) = Talk("a\nb\nc\n/reset\nd\n/quit\ne\n", isWatched: false, history: 2);
        Assert.Equal(["0[a]", "1[0[a]|b]", "2[1[0[a]|b]|c]", "3[d]", ""], output.Split('\n'));
    }

    [Fact]
    public void A_temperature_counts_from_then_on()
    {
        var (output, remarks, mistakes) = Talk("a\n/temperature 0.7\na\n/temperature -1\n/temperature warm\na\n", isWatched: false, history: 1);
        Assert.Equal("0[a]\n1[a]0.7\n2[a]0.7\n", output);
        Assert.Equal(2, mistakes);
        Assert.Contains("/temperature -1: give a number of 0 or above", remarks, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_that_cannot_be_answered_is_told_and_forgotten()
    {
        var (output, remarks, mistakes) = Talk("a\n?\nb\n/what\n", isWatched: false);
        Assert.Equal("0[a]\n\n2[a|0[a]|b]\n", output);
        Assert.Equal("'?' is unknown\n/what: unknown; /help says what there is\n", remarks);
        Assert.Equal(2, mistakes);
    }

    [Fact]
    public void What_was_said_is_saved_the_forgotten_too()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("rnn-talk").FullName, "talk.txt");
        var (_, remarks, _) = Talk($"a\n/reset\nb\n/save {path}\n/save\n/save {path}/x\n", isWatched: false);
        Assert.Equal("you: a\nrnn: 0[a]\nyou: b\nrnn: 1[b]\n", File.ReadAllText(path));
        Assert.Contains("2 exchanges", remarks, StringComparison.Ordinal);
        Assert.Contains("/save: name a file", remarks, StringComparison.Ordinal);
        Assert.Contains("cannot write", remarks, StringComparison.Ordinal);
    }

    private static (string Output, string Remarks, int Mistakes) Talk(string lines, bool isWatched, int history = int.MaxValue)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var remarks = new StringWriter { NewLine = "\n" };
        using var replier = new Parrot(history);
        var conversation = new Conversation(replier, output, remarks, isWatched);
        conversation.Run(new StringReader(lines), TestContext.Current.CancellationToken);
        return (output.ToString(), remarks.ToString(), conversation.Mistakes);
    }

    /// <summary>Replies with all that it was told.</summary>
    private sealed class Parrot(int history) : IReplier
    {
        public int History => history;

        public string Reply(IReadOnlyList<string> turns, int turn, double? temperature) => turns[^1] == "?"
            ? throw new UserMistakeException("'?' is unknown")
            : FormattableString.Invariant($"{turn}[{string.Join('|', turns)}]{temperature}");

        public void Dispose()
        {
        }
    }
}
