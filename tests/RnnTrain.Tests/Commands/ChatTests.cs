using RnnTrain.Commands;

namespace RnnTrain.Tests.Commands;

/// <summary>`rnn chat` with lines that are piped in.</summary>
public sealed class ChatTests : IDisposable
{
    private const string Talk = "hello , I am Otto\nI like green\nwhat do I like ?\n";

    private readonly SmokeRun smoke = new();

    public void Dispose() => smoke.Dispose();

    [Fact]
    public void A_model_of_dialogues_looks_back_at_what_was_said()
    {
        using var rnn = new Rnn();
        SmokeRun.Train(rnn, "chatbot", epochs: 5, "run");
        Assert.Equal("hello Otto\ngreen is nice\nyou like green\n", rnn.DoneOn(Talk, "chat", rnn["run"]));
        var (exitCode, output, remarks) = rnn.RunOn($"hello , I am Anna\n/save {rnn["talk.txt"]}\n/nonsense\n/quit\nhello , I am Otto\n", "chat", rnn["run"]);
        Assert.Equal((ExitCodes.Mistake, "hello Anna\n"), (exitCode, output)); // for the line that means nothing
        Assert.Contains("/nonsense: unknown", remarks, StringComparison.Ordinal);
        Assert.Equal("you: hello , I am Anna\nrnn: hello Anna\n", File.ReadAllText(rnn["talk.txt"]));
        Assert.Equal(Drawn(rnn, seed: 5), Drawn(rnn, seed: 5));
        Assert.NotEqual(Drawn(rnn, seed: 5), Drawn(rnn, seed: 6));
        Assert.Equal("hello Otto\ngreen is nice\nyou like green\n", rnn.DoneOn("/temperature 0\n" + Talk, "chat", rnn["run"], "--temperature", "3"));
    }

    [Fact]
    public void A_model_of_pairs_answers_the_last_line()
    {
        using var rnn = new Rnn();
        SmokeRun.Train(rnn, "translation", epochs: 6, "run");
        Assert.Equal("hundo eta birdoj etaj amas .\nkato olda birdoj rapidaj sekvas .\n",
            rnn.DoneOn("the small dog loves two small birds .\nthe old cat follows two quick birds .", "chat", rnn["run"], "--beam", "1"));
    }

    [Fact]
    public void A_model_that_writes_no_replies_is_refused()
    {
        using var rnn = new Rnn();
        SmokeRun.Train(rnn, "text_classification", epochs: 1, "run");
        var (exitCode, _, error) = rnn.RunOn(Talk, "chat", rnn["run"]);
        Assert.Equal(ExitCodes.Mistake, exitCode);
        Assert.Contains("which writes no replies", error, StringComparison.Ordinal);
    }

    private static string Drawn(Rnn rnn, int seed) => rnn.DoneOn(Talk, "chat", rnn["run"], "--temperature", "3", "--seed", $"{seed}");
}
