using RnnTrain.Metrics;
using RnnTrain.Runs;

namespace RnnTrain.Tests.Runs;

public sealed class EvaluationTablesTests
{
    [Fact]
    public void A_table_is_a_csv_file_with_quotes_where_needed_and_nothing_where_there_is_no_number()
    {
        var table = new ScoreTable("confusion", "who was taken for whom", "class", ["so, so", "good"], [new ScoreRow("so, so", [3, double.NaN]), new ScoreRow("good", [0.5, 1e-7])]);
        Assert.Equal("class,\"so, so\",good\n\"so, so\",3,\ngood,0.5,1E-07\n", EvaluationTables.Csv(table));
    }
}
