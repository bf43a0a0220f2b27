using RnnTrain.Data.Encoding;

namespace RnnTrain.Tests.Data.Encoding;

public sealed class VocabularyFileTests : IDisposable
{
    private readonly TextFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string PathOf(string text)
    {
        folder.With(VocabularyFile.Name, text);
        return Path.Combine(folder.Root, VocabularyFile.Name);
    }

    [Fact]
    public void A_vocabulary_comes_back_as_it_was_saved()
    {
        string[] symbols = ["the", "\0", "\u001F", "\"", "\\", "\n", "\u0080", "\u2028", "\uFEFF", "\uFFFD", "😀", "e\u0301", "é", "<unk>", " ", "/"];
        var saved = new Vocabulary(symbols, [.. symbols.Select((_, i) => (long)i * 3_000_000_000)], "<unk>");
        var loaded = VocabularyFile.Load(PathOf(VocabularyFile.ToJson(saved)));
        Assert.Equal(saved.Symbols, loaded.Symbols);
        Assert.Equal(saved.Counts, loaded.Counts);
        Assert.Equal(saved.UnknownId, loaded.UnknownId);
    }

    [Fact]
    public void The_vocabulary_of_bytes_comes_back_as_it_was_saved()
    {
        var saved = folder.With("train.txt", "ab").Corpus(new ByteOptions()).Vocabulary;
        var loaded = VocabularyFile.Load(PathOf(VocabularyFile.ToJson(saved)));
        Assert.Equal(saved.Symbols, loaded.Symbols);
        Assert.Null(loaded.UnknownId);
    }

    [Fact]
    public void The_file_is_one_symbol_a_line() =>
        Assert.Equal(
            "{\n  \"format\": 1,\n  \"unknown\": \"<unk>\",\n  \"symbols\": [\n    [\"a\", 2],\n    [\"<unk>\", 0]\n  ]\n}\n",
            VocabularyFile.ToJson(new Vocabulary(["a", "<unk>"], [2, 0], "<unk>")));

    [Theory]
    [InlineData("")]
    [InlineData("{\"format\": 1, \"unknown\": null, \"symbols\": [[\"a\", 1], [\"b\"")]
    [InlineData("[]")]
    [InlineData("{\"unknown\": null, \"symbols\": []}")]
    [InlineData("{\"format\": 1, \"symbols\": [[\"a\", 1]]}")]
    [InlineData("{\"format\": 1, \"unknown\": null, \"symbols\": [[\"a\", 1], [\"a\", 2]]}")]
    [InlineData("{\"format\": 1, \"unknown\": null, \"symbols\": [[\"a\"]]}")]
    [InlineData("{\"format\": 1, \"unknown\": null, \"symbols\": [[null, 1]]}")]
    [InlineData("{\"format\": 1, \"unknown\": null, \"symbols\": [[\"a\", \"1\"]]}")]
    [InlineData("{\"format\": 1, \"unknown\": null, \"symbols\": [[\"a\", 1.5]]}")]
    [InlineData("{\"format\": 1, \"unknown\": \"x\", \"symbols\": [[\"a\", 1]]}")]
    public void A_damaged_file_is_a_mistake_that_names_it(string text)
    {
        var path = PathOf(text);
        var mistake = TextFolder.MistakeOf(() => VocabularyFile.Load(path));
        Assert.StartsWith($"{path} is damaged (", mistake);
    }

    [Fact]
    public void Another_format_number_is_refused()
    {
        var path = PathOf("{\"format\": 2}");
        Assert.Equal($"{path} has format 2; this version of rnn reads format 1", TextFolder.MistakeOf(() => VocabularyFile.Load(path)));
    }

    [Fact]
    public void A_missing_file_is_a_mistake() =>
        Assert.Contains("none.json cannot be read", TextFolder.MistakeOf(() => VocabularyFile.Load(Path.Combine(folder.Root, "none.json"))));
}
