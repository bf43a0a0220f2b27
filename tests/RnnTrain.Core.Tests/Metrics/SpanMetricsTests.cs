using RnnTrain.Configuration;
using RnnTrain.Metrics;

namespace RnnTrain.Tests.Metrics;

public sealed class SpanMetricsTests
{
    private static readonly string[] Labels = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"];

    /// <summary>Begins and ends as conlleval says them, word by word, without a list of spans: the counts a second time.</summary>
    [Fact]
    public void Counts_are_those_of_conllevals_rules_word_by_word()
    {
        var random = new Random(1);
        var metrics = new SpanMetrics(TagScheme.Iob2, Labels);
        var (counts, expected) = (new double[metrics.Counts], new ConllevalCounts());
        for (var sentence = 0; sentence < 500; sentence++)
        {
            var length = random.Next(1, 12);
            int[] there = [.. Enumerable.Range(0, length).Select(_ => random.Next(Labels.Length))]; // mostly ill-formed
            int[] found = [.. there.Select(label => random.Next(3) == 0 ? random.Next(Labels.Length) : label)];
            metrics.Count(there.Select(label => (long)label), found.Select(label => (long)label), counts);
            expected.Add([.. there.Select(label => Labels[label])], [.. found.Select(label => Labels[label])]);
        }

        Assert.Equal([.. expected.Of("LOC"), .. expected.Of("PER")], counts);
        Assert.True(counts.All(count => count > 100));
        var values = metrics.Values(counts).ToDictionary(value => value.Name, value => value.Value);
        var (right, foundAll, thereAll) = (counts[0] + counts[3], counts[1] + counts[4], counts[2] + counts[5]);
        Assert.Equal(right / foundAll, values["precision"], 1e-12);
        Assert.Equal(right / thereAll, values["recall"], 1e-12);
        Assert.Equal(2 * right / (foundAll + thereAll), values["f1"], 1e-12);
        Assert.Equal(2 * counts[3] / (counts[4] + counts[5]), values["f1_PER"], 1e-12);
    }

    /// <summary>Of the script's documentation: a sentence of two names, one found whole, one in part.</summary>
    [Fact]
    public void A_span_found_in_part_is_wrong_twice()
    {
        var metrics = new SpanMetrics(TagScheme.Iob2, Labels);
        var counts = new double[metrics.Counts];
        metrics.Count([1, 2, 0, 3, 4, 4], [1, 2, 0, 3, 4, 0], counts);
        Assert.Equal(
            [("precision", 0.5), ("recall", 0.5), ("f1", 0.5), ("precision_LOC", 0), ("recall_LOC", 0), ("f1_LOC", 0), ("precision_PER", 1), ("recall_PER", 1), ("f1_PER", 1)],
            metrics.Values(counts).Select(value => (value.Name, value.Value)));
    }

    [Fact]
    public void The_same_spans_score_the_same_in_every_scheme()
    {
        foreach (var (scheme, labels) in new[]
        {
            (TagScheme.Iob1, new[] { "I-A", "B-A", "O", "O" }), (TagScheme.Iob2, ["B-A", "B-A", "O", "I-A"]), (TagScheme.Iobes, ["S-A", "S-A", "O", "E-A"]),
        })
        {
            var metrics = new SpanMetrics(scheme, labels);
            var counts = new double[metrics.Counts];
            metrics.Count([0, 1, 2], [0, 2, 2], counts);
            Assert.Equal([1, 1, 2], counts);
        }
    }

    [Fact]
    public void Labels_that_mark_no_spans_have_no_such_metrics()
    {
        var metrics = new SpanMetrics(TagScheme.None, ["NOUN", "I-PER"]);
        metrics.Count([0, 1], [1, 1], []);
        Assert.Equal(0, metrics.Counts);
        Assert.Empty(metrics.Values([]));
    }

    [Fact]
    public void Nothing_found_is_zero_and_no_division()
    {
        var metrics = new SpanMetrics(TagScheme.Iob2, Labels);
        Assert.All(metrics.Values(new double[metrics.Counts]), value => Assert.Equal(0, value.Value));
    }
}
