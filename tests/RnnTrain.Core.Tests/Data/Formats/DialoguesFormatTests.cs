using RnnTrain.Data;
using RnnTrain.Data.Encoding;
using RnnTrain.Data.Formats;

namespace RnnTrain.Tests.Data.Formats;

public sealed class DialoguesFormatTests : IDisposable
{
    private static readonly DialoguesOptions Plain = new();
    private readonly TextFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Read(DialoguesOptions options) =>
        string.Join(" | ", folder.Examples(options, "a.jsonl").Select(example => $"{example.Place.Line} {example.Text} = {example.Target}"));

    [Theory]
    [InlineData(1, "1 Hi. = Hello? | 1 Hello? = It's me. | 1 It's me. = Who? | 3 A = B")]
    [InlineData(2, "1 Hi. = Hello? | 1 Hi. ⏎ Hello? = It's me. | 1 Hello? ⏎ It's me. = Who? | 3 A = B")]
    [InlineData(9, "1 Hi. = Hello? | 1 Hi. ⏎ Hello? = It's me. | 1 Hi. ⏎ Hello? ⏎ It's me. = Who? | 3 A = B")]
    public void Every_turn_replies_to_a_window_of_those_before_it(int history, string replies)
    {
        folder.With("a.jsonl", "[\"Hi.\", \"Hello?\", \"It's me.\", \"Who?\"]\n[\"alone\"]\n{\"turns\": [\"A\", \"B\"]}\n");
        Assert.Equal(replies, Read(Plain with { History = history }));
    }

    [Fact]
    public void Turns_may_be_objects_under_any_key()
    {
        folder.With("a.jsonl", "{\"chat\": {\"messages\": [{\"role\": \"user\", \"content\": \"Hi.\"}, {\"role\": \"bot\", \"content\": \" Hello. \"}]}}\n");
        Assert.Equal("1 Hi. = Hello.", Read(Plain with { Turns = "chat.messages", Text = "content" }));
    }

    [Fact]
    public void Empty_turns_are_no_replies_and_no_history()
    {
        folder.With("a.jsonl", "[\"A\", \"\", \"C\", \"D\"]\n[\"\", \"E\"]\n");
        var format = folder.Format(Plain with { History = 2, Separator = "/" });
        Assert.Equal(["A = C", "A / C = D"], format.Read(["a.jsonl"], Split.Train).Select(example => $"{example.Text} = {example.Target}"));
        Assert.Equal(["data.train: 2 of 4 exchanges left out, for want of text"], format.Remarks);
        Assert.Equal(
            "data.train: a.jsonl:1: the side that is written is empty, and the other is \"A\"; remove it, or set data.format.empty to skip",
            folder.ExamplesMistake(Plain with { Empty = EmptyText.Refuse }, "a.jsonl"));
    }

    [Fact]
    public void A_conversation_is_read_as_in_training() => Assert.Equal("b ⏎ c", (Plain with { History = 2 }).Context(["a", "b", "c"]));

    [Theory]
    [InlineData("[\"a\",", "\"[\"a\",\" is not JSON; write one list of turns a line, such as [\"Hello.\", \"Hello, who is there?\"]")]
    [InlineData("{\"lines\": []}", "there is no 'turns' in this object, whose keys are 'lines'; set data.format.turns to one of them")]
    [InlineData("{\"turns\": \"a\"}", "\"\"a\"\" is no list of turns; write [\"…\", \"…\"]")]
    [InlineData("[\"a\", 3]", "turn 2 is \"3\"; write a text, or an object that has one")]
    [InlineData("[{\"content\": \"a\"}]", "turn 1 has no text under 'text', its keys are 'content'; set data.format.text to one of them")]
    public void What_is_wrong_is_said_with_its_line(string line, string mistake)
    {
        folder.With("a.jsonl", $"[\"a\", \"b\"]\n{line}\n");
        Assert.Equal($"data.train: a.jsonl:2: {mistake}", folder.ExamplesMistake(Plain, "a.jsonl"));
    }

    [Theory]
    [InlineData(WordCut.WhiteSpace)]
    [InlineData(WordCut.Unicode)]
    public void What_stands_between_turns_is_one_token(WordCut cut)
    {
        var tokenizer = new WordTokenizer(new WordOptions { Cut = cut });
        var (text, position, words) = ((Plain with { History = 2 }).Context(["one", "two"]), 0, new List<string>());
        while (tokenizer.TryNext(text, isWhole: true, ref position, out var word)) words.Add(word.ToString());
        Assert.Equal(["one", "⏎", "two"], words);
    }

    [Fact]
    public void Turns_need_something_between_them()
    {
        Assert.Equal(
            ["data.format.separator: nothing would show where a turn ends; write for instance ⏎"], TextFolder.Refused(Plain with { History = 2, Separator = " " }));
        Assert.Empty(TextFolder.Refused(Plain with { Separator = "" }));
    }
}
