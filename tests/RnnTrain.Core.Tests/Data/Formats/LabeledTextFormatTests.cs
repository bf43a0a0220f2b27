using RnnTrain.Configuration;
using RnnTrain.Data;
using RnnTrain.Data.Formats;

namespace RnnTrain.Tests.Data.Formats;

public sealed class LabeledTextFormatTests : IDisposable
{
    private static readonly LabeledTextOptions Plain = new();
    private readonly TextFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Read(LabeledTextOptions options, params string[] entries) => string.Join(
        " | ", folder.Examples(options, entries).Select(example => $"{example.Place} {example.Text} = {string.Join('+', example.Labels)}"));

    [Theory]
    [InlineData("a.csv", "id,label,text\n1,good,fine film\n2,bad,\"dull, \"\"long\"\"\"\n", "a.csv:2 fine film = good | a.csv:3 dull, \"long\" = bad")]
    [InlineData("a.tsv", "text\tlabel\nsays \"no\"\tbad\n", "a.tsv:2 says \"no\" = bad")]
    [InlineData("a.jsonl", "{\"label\": 1, \"text\": \"fine\\nfilm\"}\n\n{\"text\": \"dull\", \"label\": false}\n", "a.jsonl:1 fine\nfilm = 1 | a.jsonl:3 dull = false")]
    [InlineData("a.csv", "text,label\r\n\"two\r\nlines\",x\r\n\r\nplain, y \r\n", "a.csv:2 two\nlines = x | a.csv:5 plain = y")]
    [InlineData("a.csv", "\uFEFFtext,label\na,b\n", "a.csv:2 a = b")]
    [InlineData("a.csv", "\"text\",\"label\"\n\"a\",\"b\"", "a.csv:2 a = b")]
    public void A_table_is_read_by_the_names_of_its_columns(string name, string text, string examples)
    {
        folder.With(name, text).With($"packed/{name}.gz", TextFolder.Gzip(text));
        Assert.Equal(examples, Read(Plain, name));
        Assert.Equal(examples, Read(Plain, $"packed/{name}.gz").Replace($"packed/{name}.gz", name));
    }

    [Fact]
    public void Columns_have_other_names_delimiters_and_quotes()
    {
        folder.With("a.txt", "rating;review\nhigh;fine\n").With("b.tsv", "review\trating\n\"a\tb\"\tlow\n").With("c.jsonl", "{\"of\": {\"critic\": \"fine\"}, \"rating\": 5}\n");
        var named = Plain with { Text = "review", Label = "rating" };
        Assert.Equal("a.txt:2 fine = high", Read(named with { Delimiter = ";" }, "a.txt"));
        Assert.Equal("b.tsv:2 a\tb = low", Read(named with { Quotes = true }, "b.tsv"));
        Assert.Equal("c.jsonl:1 fine = 5", Read(named with { Text = "of.critic" }, "c.jsonl"));
    }

    [Fact]
    public void Without_a_header_columns_have_numbers()
    {
        folder.With("a.csv", "3,title,fine\n1,title,dull\n");
        Assert.Equal("a.csv:1 fine = 3 | a.csv:2 dull = 1", Read(Plain with { Header = false, Text = "3", Label = "1" }, "a.csv"));
    }

    [Fact]
    public void A_separator_makes_sets_of_labels()
    {
        var sets = Plain with { LabelSeparator = "," };
        folder.With("a.tsv", "text\tlabel\none\ta, b,a\ntwo\t\n").With("b.jsonl", "{\"text\": \"three\", \"label\": [\"a\", 2]}\n{\"text\": \"four\", \"label\": []}");
        Assert.Equal("a.tsv:2 one = a+b | a.tsv:3 two =  | b.jsonl:1 three = a+2 | b.jsonl:2 four = ", Read(sets, "a.tsv", "b.jsonl"));
        Assert.Equal(TargetKind.ClassSetAtEnd, sets.Targets);
        Assert.Equal(TargetKind.ClassAtEnd, Plain.Targets);
    }

    [Fact]
    public void Examples_without_text_are_counted_or_refused()
    {
        folder.With("a.csv", "text,label\n,x\none,y\n \"\",x\n".Replace(" \"", "\""));
        var format = folder.Format(Plain);
        for (var pass = 0; pass < 2; pass++) Assert.Equal(["one"], format.Read(["a.csv"], Split.Train).Select(example => example.Text));
        Assert.Equal(["data.train: 2 of 3 texts left out, for want of text"], format.Remarks);
        Assert.Equal(
            "data.train: a.csv:2: the text is empty; remove it, or set data.format.empty to skip", folder.ExamplesMistake(Plain with { Empty = EmptyText.Refuse }, "a.csv"));
    }

    [Theory]
    [InlineData("a.csv", "id,txt,label\n", "a.csv:1: there is no column 'text'; this header names 'id', 'txt', 'label'; set data.format.text to one of them")]
    [InlineData("a.csv", "text,text,label\n", "a.csv:1: this header names 2 columns 'text'; rename all but one")]
    [InlineData("a.csv", "text,label\na,b\nc\n", "a.csv:3: 1 column, and the header has 2: \"c\"; give every row as many")]
    [InlineData("a.tsv", "text\tlabel\na\tb\tc\n", "a.tsv:2: 3 columns, and the header has 2: \"a⇥b⇥c\"; give every row as many")]
    [InlineData("a.csv", "text,label\na,x\nb,\n", "a.csv:3: the label is empty; give one, or set data.format.label_separator where a text may have none")]
    [InlineData("a.csv", "text,label\nsay \"no\",x\n", "a.csv:2: a quote within column 1, \"say \"no\"\"; quote the whole column and write the quote twice, or set data.format.quotes to false")]
    [InlineData("a.csv", "text,label\n\"a\nb\" c,x\n", "a.csv:3: after the closing quote of column 1 stands ' '; write a quote within text twice, as \"\"")]
    [InlineData("a.csv", "text,label\na,b\n\"open,x\nnext,y\n", "a.csv:3: a quote opens in this row and is never closed: \"open,x⏎next,y\"; close it, or set data.format.quotes to false")]
    [InlineData("a.jsonl", "{\"text\": \"a\", \"label\": \"x\"}\n{\"text\": \"a\", \"tag\": \"x\"}\n", "a.jsonl:2: there is no 'label' in this object, whose keys are 'text', 'tag'; set data.format.label to one of them")]
    [InlineData("a.jsonl", "[1, 2]\n", "a.jsonl:1: \"[1, 2]\" is no JSON object; write one object a line, such as {\"text\": \"…\"}")]
    [InlineData("a.jsonl", "{\"text\": \n", "a.jsonl:1: \"{\"text\": \" is no JSON object; write one object a line, such as {\"text\": \"…\"}")]
    [InlineData("a.jsonl", "{\"text\": null, \"label\": 1}\n", "a.jsonl:1: 'text' is \"null\"; write a text, or a list of texts")]
    [InlineData("a.jsonl", "{\"text\": [\"a\"], \"label\": 1}\n", "a.jsonl:1: 'text' is a list, and a text is needed; set data.format.text to a column of texts")]
    [InlineData("a.jsonl", "{\"text\": \"a\", \"label\": [1]}\n", "a.jsonl:1: 'label' is a list; set data.format.label_separator where a text may have any number of labels, or give one")]
    [InlineData("a.txt", "text,label\n", "a.txt: its name does not say what separates its columns; name it .csv, .tsv or .jsonl, or set data.format.delimiter")]
    public void What_is_wrong_in_a_file_is_said_with_its_line(string name, string text, string mistake)
    {
        folder.With(name, text);
        Assert.Equal($"data.train: {mistake}", folder.ExamplesMistake(Plain, name));
    }

    [Fact]
    public void A_column_number_beyond_the_row_is_a_mistake()
    {
        folder.With("a.csv", "1,fine\n");
        Assert.Equal(
            "data.train: a.csv:1: there is no column 3, since this row has 2 columns; set data.format.text to at most 2",
            folder.ExamplesMistake(Plain with { Header = false, Text = "3", Label = "1" }, "a.csv"));
    }

    [Fact]
    public void A_file_is_read_from_its_beginning_each_time_and_hashed_for_the_manifest()
    {
        folder.With("a.csv", "text,label\na,x\n").With("b.csv", "label,text\ny,b\n");
        var format = folder.Format(Plain);
        Assert.Equal(["a", "b"], format.Read(["*.csv"], Split.Test).Select(example => example.Text));
        Assert.Equal(["a"], format.Read(["*.csv"], Split.Test).Take(1).Select(example => example.Text));
        var files = format.Files(["*.csv"], Split.Test);
        Assert.Equal([("test", "a.csv", 15L), ("test", "b.csv", 15L)], files.Select(file => (file.Split, file.Path, file.Bytes)));
        Assert.NotEqual(files[0].Sha256, files[1].Sha256);
    }

    [Fact]
    public void Options_that_no_table_can_have_are_refused()
    {
        Assert.Equal(["data.format.delimiter: ';;' separates no columns; write one character, or tab"], TextFolder.Refused(Plain with { Delimiter = ";;" }, "a.txt"));
        Assert.Equal(
            ["data.format.label: 'label' is no column number, and without a header columns have no names; write 1 for the first"],
            TextFolder.Refused(Plain with { Header = false, Text = "1" }, "a.csv"));
        Assert.Equal(
            ["data.format.delimiter: a.jsonl.gz has JSON objects and no delimiter; remove the key"], TextFolder.Refused(Plain with { Delimiter = "tab" }, "a.jsonl.gz"));
        Assert.Equal(
            ["data.format.header: a.jsonl is read by the names in its objects; remove the key"],
            TextFolder.Refused(Plain with { Header = false, Text = "1", Label = "2" }, "a.jsonl"));
        Assert.Equal(
            ["data.format.label_separator: an empty text separates nothing; write for instance a comma, or remove the key"],
            TextFolder.Refused(Plain with { LabelSeparator = "" }, "a.csv"));
        Assert.Empty(TextFolder.Refused(Plain, "a.csv", "b.jsonl"));
    }
}
