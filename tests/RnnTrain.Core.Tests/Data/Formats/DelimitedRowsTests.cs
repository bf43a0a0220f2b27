using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using RnnTrain.Data.Examples;
using RnnTrain.Data.Formats;

namespace RnnTrain.Tests.Data.Formats;

public sealed class DelimitedRowsTests
{
    private static IEnumerable<TextLine> Lines(string text) =>
        text.Split('\n').SkipLast(1).Select((line, index) => new TextLine(new TextPlace("a.csv", index + 1), line));

    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    public void Whatever_CsvHelper_writes_is_read_back(char delimiter)
    {
        var random = new Random(1);
        string[] pieces = ["a", "é😀", "\"", "\"\"", ",", ";", "\t", "\n", " ", ""];
        var rows = Enumerable.Range(0, 500).Select(_ => Enumerable.Range(0, 4).Select(_ =>
            string.Concat(Enumerable.Range(0, random.Next(5)).Select(_ => pieces[random.Next(pieces.Length)]))).ToArray()).ToList();
        using var written = new StringWriter();
        using (var csv = new CsvWriter(written, new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = delimiter.ToString(), NewLine = "\n" }, leaveOpen: true))
        {
            foreach (var row in rows)
            {
                foreach (var field in row) csv.WriteField(field);
                csv.NextRecord();
            }
        }

        var read = new DelimitedRows(delimiter, quotes: true, "data.train").Read(Lines(written.ToString())).ToList();
        Assert.Equal(rows, read.Select(row => row.Fields.ToArray()));
        Assert.Equal(1 + rows.Take(499).Sum(row => 1 + row.Sum(field => field.Count(c => c == '\n'))), read[^1].Place.Line);
    }

    [Fact]
    public void Without_quotes_a_quote_is_a_character_like_any_other()
    {
        var read = new DelimitedRows('\t', quotes: false, "data.train").Read(Lines("\"a\tb\"\n\n\t\n"));
        Assert.Equal([["\"a", "b\""], ["", ""]], read.Select(row => row.Fields.ToArray()));
    }
}
