using RnnTrain.Commands;

namespace RnnTrain.Tests.Commands;

public sealed class BytePairTests
{
    [Fact]
    public void A_model_of_byte_pairs_is_trained_continued_and_asked_for_text()
    {
        using var rnn = new Rnn();
        string[] pairs = ["--set", "data.tokens={type: bpe, merges: 40}", "--set", "sample={prompt: the 3, length: 10}"];
        var trained = rnn.Done(["train", rnn["config.yaml"], .. pairs]);
        Assert.Contains("a sample:", trained, StringComparison.Ordinal);
        var one = rnn.Done("generate", "tiny", "--prompt", "the 3 cats", "--length", "20", "--seed", "3");
        Assert.StartsWith("the 3 cats", one, StringComparison.Ordinal);
        Assert.True(one.Length > "the 3 cats".Length + 20); // tokens of more than a byte
        Assert.Equal(one, rnn.Done("generate", "tiny", "--prompt", "the 3 cats", "--length", "20", "--seed", "3"));
        Assert.NotEmpty(rnn.Done("generate", "tiny", "--length", "5"));
        Assert.Contains("the model has never seen 'Q' at token", rnn.Run("generate", "tiny", "--prompt", "Q").Error, StringComparison.Ordinal);
        Assert.Contains("perplexity", rnn.Done("evaluate", "tiny"), StringComparison.Ordinal);

        rnn.Done(["train", rnn["config.yaml"], .. pairs, "--quiet", "--set", "training.epochs=3", "--resume"]);
        using var atOnce = new Rnn();
        atOnce.Done(["train", atOnce["config.yaml"], .. pairs, "--quiet", "--set", "training.epochs=3"]);
        Assert.Equal(Loss(atOnce), Loss(rnn));
        Assert.Equal(File.ReadAllText(Path.Combine(atOnce.NewestRun(), "vocabulary.json")), File.ReadAllText(Path.Combine(rnn.NewestRun(), "vocabulary.json")));
    }

    [Fact]
    public void Tokens_are_learned_from_files_and_used_for_training()
    {
        using var rnn = new Rnn();
        var file = rnn["tokens.json"];
        var said = rnn.Done("data", "tokens", rnn["text.txt"], "--merges", "12", "--output", file);
        Assert.Contains("text        60 lines, ", said, StringComparison.Ordinal);
        Assert.Contains("vocabulary  268 tokens: 256 bytes and 12 merges", said, StringComparison.Ordinal);
        Assert.Contains("example     'the' ' ' '0' ' cats'", said, StringComparison.Ordinal);
        rnn.Done("train", rnn["config.yaml"], "--quiet", "--set", $"data.tokens={{type: bpe, file: {file}}}");
        Assert.Equal(File.ReadAllText(file), File.ReadAllText(Path.Combine(rnn.NewestRun(), "vocabulary.json")));

        File.Delete(file); // the run holds its own
        Assert.StartsWith("the", rnn.Done("generate", "tiny", "--prompt", "the"), StringComparison.Ordinal);
        rnn.Done("train", rnn["config.yaml"], "--quiet", "--set", $"data.tokens={{type: bpe, file: {file}}}", "--set", "training.epochs=3", "--resume");
    }

    [Theory]
    [InlineData("--vocabulary-size: give 257 or more, since all 256 bytes are in it", "--vocabulary-size", "256")]
    [InlineData("--merges: give 1 or more", "--merges", "0")]
    [InlineData("--vocabulary-size: --merges is given too; give one of the two", "--merges", "5", "--vocabulary-size", "300")]
    public void Sizes_that_make_no_sense_are_refused(string mistake, params string[] options)
    {
        using var rnn = new Rnn();
        var (exitCode, _, error) = rnn.Run(["data", "tokens", rnn["text.txt"], "--output", rnn["x.json"], .. options]);
        Assert.Equal(ExitCodes.Mistake, exitCode);
        Assert.Equal(mistake, error.TrimEnd());
        Assert.False(File.Exists(rnn["x.json"]));
    }

    [Fact]
    public void Options_that_contradict_each_other_are_refused_by_their_key()
    {
        using var rnn = new Rnn();
        var (exitCode, _, error) = rnn.Run("check", rnn["config.yaml"], "--set", "data.tokens={type: bpe, merges: 40, file: x}");
        Assert.Equal(ExitCodes.Mistake, exitCode);
        Assert.Contains("data.tokens.file: merges is given too; give one of the two", error, StringComparison.Ordinal);
        Assert.Contains("nothing.json cannot be read", rnn.Run("check", rnn["config.yaml"], "--set", "data.tokens={type: bpe, file: nothing.json}").Error, StringComparison.Ordinal);
        Assert.Contains("none.txt does not exist", rnn.Run("data", "tokens", rnn["none.txt"], "--output", rnn["x.json"]).Error, StringComparison.Ordinal);
    }

    private static string Loss(Rnn rnn) => rnn.Done("evaluate", "tiny", "--json", "--checkpoint", "last").Split("\"loss\":")[1].Split(',')[0];
}
