using System.Text.Json;
using RnnTrain.Prediction;

namespace RnnTrain.Tests.Prediction;

public sealed class AnswerWriterTests
{
    private static readonly Answer Positive = new("positive", [new("label", "positive")])
    {
        Scores = [new("probabilities", new List<KeyValuePair<string, double>> { new("positive", 0.75), new("negative", 0.25) })],
    };

    private static readonly Answer Tags = new("D N", [new("words", new[] { "the", "\"cat\"" }), new("tags", new[] { "D", "N" })])
    {
        Scores = [new("probabilities", new[] { 0.5, 1 / 3.0 })],
    };

    [Fact]
    public void A_line_an_answer_with_scores_after_a_tab()
    {
        Assert.Equal("positive\tpositive=0.75 negative=0.25\n\nD N\t0.5 0.333333\n", Written(AnswerFormat.Text, Positive, Answer.Nothing, Tags));
        Assert.Equal("a b c\n", Written(AnswerFormat.Text, new Answer("a\nb\tc", [])));
    }

    [Fact]
    public void An_object_a_line_that_a_JSON_reader_reads()
    {
        var lines = Written(AnswerFormat.Jsonl, Positive, Answer.Nothing, Tags, new Answer("", [new("text", "é\n\"")]), new Answer("", [new("score", double.NegativeInfinity)])).Split('\n');
        Assert.Equal(6, lines.Length);
        Assert.Equal(["label", "probabilities"], JsonDocument.Parse(lines[0]).RootElement.EnumerateObject().Select(field => field.Name));
        Assert.Equal(0.75, JsonDocument.Parse(lines[0]).RootElement.GetProperty("probabilities").GetProperty("positive").GetDouble());
        Assert.Equal("{}", lines[1]);
        Assert.Equal("{\"words\":[\"the\",\"\\\"cat\\\"\"],\"tags\":[\"D\",\"N\"],\"probabilities\":[0.5,0.333333]}", lines[2]);
        Assert.Equal("é\n\"", JsonDocument.Parse(lines[3]).RootElement.GetProperty("text").GetString());
        Assert.Contains('é', lines[3]);
        Assert.Equal("{\"score\":null}", lines[4]);
    }

    [Fact]
    public void Rows_have_the_columns_of_the_first_answer_and_quote_what_needs_it()
    {
        var negative = Positive with { Text = "negative", Fields = [new("label", "not, good")] };
        Assert.Equal(
            "label,probabilities.negative,probabilities.positive\n,,\npositive,0.25,0.75\n\"not, good\",0.25,0.75\n,,\n",
            Written(AnswerFormat.Csv, Answer.Nothing, Positive, negative, Answer.Nothing));
        Assert.Equal("words,tags,probabilities\n\"the \"\"cat\"\"\",D N,0.5 0.333333\n", Written(AnswerFormat.Csv, Tags));
        Assert.Equal("text\n\"\"\n\"\"\n", Written(AnswerFormat.Csv, Answer.Nothing, Answer.Nothing));
        Assert.Equal("", Written(AnswerFormat.Csv));
    }

    private static string Written(AnswerFormat format, params Answer[] answers)
    {
        using var output = new StringWriter();
        var writer = AnswerWriters.Create(format, output);
        foreach (var answer in answers) writer.Write(answer);
        writer.Finish();
        return output.ToString();
    }
}
