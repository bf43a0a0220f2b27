using RnnTrain.Metrics.Classification;
using RnnTrain.Numerics;

namespace RnnTrain.Tests.Metrics.Classification;

public sealed class ConfusionMatrixTests
{
    /// <summary>The example of scikit-learn's documentation of f1_score, and its numbers.</summary>
    [Fact]
    public void Known_numbers()
    {
        var matrix = Matrix(3, [0, 1, 2, 0, 1, 2], [0, 2, 1, 0, 0, 1]);
        Assert.Equal((6, 2), (matrix.Total, matrix.Correct));
        Assert.Equal((2, 1, 1, 0, 2), (matrix[0, 0], matrix[1, 0], matrix[1, 2], matrix[1, 1], matrix[2, 1]));
        var counts = matrix.Counts();
        Assert.Equal(0.8, counts.F1(0), 1e-15);
        Assert.Equal((0.0, 0.0), (counts.F1(1), counts.F1(2)));
        Assert.Equal(0.8 / 3, counts.MacroF1, 1e-15);
        Assert.Equal(1 / 3.0, counts.MicroF1, 1e-15);
        Assert.Equal(2 / 3.0, counts.Precision(0), 1e-15);
        Assert.Equal(1, counts.Recall(0), 1e-15);
    }

    [Theory]
    [InlineData(2, 40)]
    [InlineData(5, 60)]
    [InlineData(9, 12)]
    public void Numbers_are_those_that_one_counts_from_the_definition(int classes, int examples)
    {
        var random = new PortableRandom(7);
        var (wanted, told) = (Drawn(), Drawn());
        var matrix = Matrix(classes, wanted, told);
        var counts = matrix.Counts();
        var pairs = wanted.Zip(told).ToArray();
        var scores = new List<double>();
        for (var label = 0; label < classes; label++)
        {
            double right = pairs.Count(pair => pair.First == label && pair.Second == label);
            double wrong = pairs.Count(pair => pair.First != label && pair.Second == label);
            double missed = pairs.Count(pair => pair.First == label && pair.Second != label);
            if (right + wrong + missed == 0) continue;
            var precision = right + wrong == 0 ? 0 : right / (right + wrong);
            var recall = right + missed == 0 ? 0 : right / (right + missed);
            scores.Add(precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall));
            Assert.Equal(precision, counts.Precision(label), 1e-12);
            Assert.Equal(recall, counts.Recall(label), 1e-12);
            Assert.Equal(scores[^1], counts.F1(label), 1e-12);
        }

        Assert.Equal(scores.Average(), counts.MacroF1, 1e-12);
        Assert.Equal(pairs.Count(pair => pair.First == pair.Second) / (double)examples, counts.MicroF1, 1e-12); // of one class an example, all three are one
        Assert.Equal(matrix.Correct / (double)matrix.Total, counts.MicroF1, 1e-12);

        int[] Drawn() => [.. Enumerable.Range(0, examples).Select(_ => (int)random.NextBelow(classes))];
    }

    [Fact]
    public void A_class_that_does_not_occur_takes_no_part_in_the_mean()
    {
        Assert.Equal(1, Matrix(3, [0, 1], [0, 1]).Counts().MacroF1);
        Assert.Equal(0, new ConfusionMatrix(2, [0, 0, 0, 0]).Counts().MacroF1);
    }

    [Fact]
    public void Tables_have_the_names_of_classes()
    {
        var matrix = Matrix(2, [0, 0, 1], [0, 1, 1]);
        var table = matrix.Table(["bad", "good"]);
        Assert.Equal(["bad", "good"], table.Columns);
        Assert.Equal([("bad", 1.0, 1.0), ("good", 0.0, 1.0)], table.Rows.Select(row => (row.Label, row.Values[0], row.Values[1])));
        var classes = matrix.Counts().Table(["bad", "good"]);
        Assert.Equal([1, 0.5, 2 / 3.0, 2], classes.Rows[0].Values);
        Assert.Equal("good", classes.Rows[1].Label);
    }

    private static ConfusionMatrix Matrix(int classes, int[] wanted, int[] told)
    {
        var counts = new long[classes * classes];
        foreach (var (row, column) in wanted.Zip(told)) counts[(row * classes) + column]++;
        return new ConfusionMatrix(classes, counts);
    }
}
