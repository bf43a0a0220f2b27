using System.IO.Compression;
using RnnTrain.Configuration;
using RnnTrain.Data.Examples;
using RnnTrain.Data.Inputs;

namespace RnnTrain.Tests.Data.Inputs;

public sealed class InputReaderTests
{
    private static readonly InputFields Words = new() { AsWords = true };

    [Theory]
    [InlineData("a.txt", InputKind.Text)]
    [InlineData("a.en.gz", InputKind.Text)]
    [InlineData("-", InputKind.Text)]
    [InlineData("a.JSONL.gz", InputKind.Jsonl)]
    [InlineData("a.csv", InputKind.Csv)]
    [InlineData("a.tsv.gz", InputKind.Tsv)]
    [InlineData("test.conllu.gz", InputKind.Conll)]
    public void A_file_name_says_how_texts_stand_in_it(string name, InputKind kind) => Assert.Equal(kind, InputKinds.OfFile(name));

    [Fact]
    public void A_text_is_a_line_with_its_place_and_an_empty_one_stands_for_itself()
    {
        var texts = Read("one two\r\n\nthree", InputKind.Text);
        Assert.Equal(["one two", "", "three"], texts.Select(text => text.Text));
        Assert.Equal(["in:1", "in:2", "in:3"], texts.Select(text => text.Place.ToString()));
        Assert.All(texts, text => Assert.Null(text.Words));
    }

    [Fact]
    public void A_labelling_model_reads_words_between_white_space()
    {
        Assert.Equal([["one", "two"], [], ["three"]], Read(" one  two\n\nthree\n", InputKind.Text, Words).Select(text => text.Words!));
        Assert.Equal([["a b", "c"], ["d", "e"], []], Read("{\"words\": [\"a b\", \"c\"]}\n{\"text\": \"d e\"}\n{\"words\": []}", InputKind.Jsonl, Words).Select(text => text.Words!));
    }

    [Fact]
    public void An_object_holds_the_text_under_the_first_name_that_is_there()
    {
        var texts = Read("{\"id\": 3, \"source\": \"x\"}\n\n{\"text\": \"é\\n\", \"source\": \"x\"}\n\"bare\"\n{\"text\": null}", InputKind.Jsonl);
        Assert.Equal(["x", "", "é\n", "bare", ""], texts.Select(text => text.Text));
    }

    [Theory]
    [InlineData("{\"text\": \"a\"}\n{\"texts\": \"b\"}", "in:2: no field 'text' or 'source'; there is texts; --field NAME takes another")]
    [InlineData("{\"text\": \"a\"}\n{\"text\": 5}", "in:2: text is number; write a string")]
    [InlineData("{\"text\": \"a\"}\n{\"text\": [\"b\"]}", "in:2: text is array; write a string")]
    [InlineData("{\"text\": \"a\"}\n{\"text\": \"b\"", "in:2: not JSON")]
    [InlineData("{\"text\": \"a\"}\n[1]", "in:2: no JSON object; write {\"text\": \"…\"}")]
    public void A_line_that_is_no_such_object_is_told_with_its_place_after_those_before_it(string lines, string message)
    {
        var taken = new List<string>();
        var mistake = Assert.Throws<UserMistakeException>(() =>
        {
            foreach (var text in Lazily(lines, InputKind.Jsonl)) taken.Add(text.Text);
        });
        Assert.StartsWith(message, Assert.Single(mistake.Lines), StringComparison.Ordinal);
        Assert.Equal(["a"], taken);
    }

    [Fact]
    public void A_column_is_found_by_the_header_and_cells_may_be_quoted()
    {
        const string Rows = "id,text\r\n1,plain\n2,\"a, \"\"b\"\"\nc\"\n3,\n\n4,d\n";
        var texts = Read(Rows, InputKind.Csv);
        Assert.Equal(["plain", "a, \"b\"\nc", "", "d"], texts.Select(text => text.Text));
        Assert.Equal(["in:2", "in:3", "in:5", "in:7"], texts.Select(text => text.Place.ToString()));
        Assert.Equal(["1"], Read("id\ttext\n1\tx\n", InputKind.Tsv, new InputFields { Text = ["id"] }).Select(text => text.Text));
    }

    [Theory]
    [InlineData("id,name\n1,x", "in:1: no column 'text' or 'source'; there is id, name; --field NAME takes another")]
    [InlineData("id,text\n1,x\n1,x,y", "in:3: 3 cells, but the header has 2: \"1,x,y\"")]
    [InlineData("id,text\n1,\"x\n2,y\n", "--input: in:2: a quote opens in this row and is never closed")]
    public void A_row_that_does_not_fit_is_told_with_its_place(string rows, string message) =>
        Assert.StartsWith(message, Assert.Single(Assert.Throws<UserMistakeException>(() => Read(rows, InputKind.Csv)).Lines), StringComparison.Ordinal);

    [Fact]
    public void Sentences_of_a_CoNLL_file_are_words_and_what_is_no_word_is_left_out()
    {
        const string Lines = "# text = I'm so\n1-2\tI'm\t_\n1\tI\tPRON\n2\t'm\tAUX\n2.1\tnull\t_\n3\tso\tADV\n\n\n1\t#\tX\n";
        var texts = Read(Lines, InputKind.Conll, new InputFields { AsWords = true, WordOf = _ => 1 });
        Assert.Equal([["I", "'m", "so"], ["#"]], texts.Select(text => text.Words!));
        Assert.Equal("in:3", texts[0].Place.ToString());
        Assert.Equal([["EU", "rejects"], ["Peter"]], Read("EU NNP B-ORG\nrejects VBZ O\n\nPeter NNP B-PER", InputKind.Conll, Words).Select(text => text.Words!));
        Assert.Equal(
            ["in:2: 1 column, and the words are in column 2; \"b\""],
            Assert.Throws<UserMistakeException>(() => Read("a A\nb", InputKind.Conll, new InputFields { WordOf = _ => 1 })).Lines);
    }

    [Fact]
    public void A_file_may_be_packed_and_must_be_there_and_hold_UTF_8()
    {
        using var folder = new TextFolder();
        var path = Path.Combine(folder.Root, "in.txt.gz");
        using (var packed = new GZipStream(File.Create(path), CompressionLevel.Fastest)) packed.Write("é one\ntwo\n"u8);
        Assert.Equal(["é one", "two"], InputFile.Lines(path, NoInput).Select(line => line.Text));
        Assert.Contains("there is no file", Assert.Throws<UserMistakeException>(() => InputFile.Lines("nowhere.txt", NoInput)).Message, StringComparison.Ordinal);
        var mistake = Assert.Throws<UserMistakeException>(() => InputFile.Lines("-", () => new MemoryStream([0x61, 0x0A, 0xE9, 0x0A])).ToList());
        Assert.Contains("standard input", Assert.Single(mistake.Lines), StringComparison.Ordinal);
        Assert.Contains("2", mistake.Message, StringComparison.Ordinal);
    }

    private static Stream NoInput() => throw new InvalidOperationException("nobody asked for the standard input");

    private static List<TextExample> Read(string lines, InputKind kind, InputFields? fields = null) => [.. Lazily(lines, kind, fields)];

    private static IEnumerable<TextExample> Lazily(string lines, InputKind kind, InputFields? fields = null) => InputReader.Read(
        RnnTrain.Data.Formats.TextLines.Read(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(lines)), "in", "--input"), kind, fields ?? new InputFields());
}
