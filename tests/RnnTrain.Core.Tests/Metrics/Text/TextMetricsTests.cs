using System.Text.Json;
using RnnTrain.Metrics.Text;

namespace RnnTrain.Tests.Metrics.Text;

/// <summary>Against sacreBLEU 2.6.0 (scripts/golden/text_metrics.py).</summary>
public sealed class TextMetricsTests
{
    private static readonly GoldenScores Golden = Read();

    public static TheoryData<string> Corpora => [.. Golden.Corpora.Select(corpus => corpus.Name)];

    [Fact]
    public void Segments_are_cut_as_sacrebleu_cuts_them()
    {
        Assert.True(Golden.Segments.Length >= 30);
        foreach (var (segment, words) in Golden.Segments.Zip(Golden.Words)) Assert.Equal(words, Tokenization13a.Words(segment));
    }

    [Fact]
    public void Lower_case_is_pythons()
    {
        Assert.NotEmpty(Golden.Cased);
        foreach (var (cased, lowered) in Golden.Cased.Zip(Golden.Lowered)) Assert.Equal(lowered, PythonText.ToLower(cased));
    }

    [Theory]
    [MemberData(nameof(Corpora))]
    public void Every_metric_is_sacrebleus(string name)
    {
        var corpus = Golden.Corpora.Single(corpus => corpus.Name == name);
        var metrics = new TextMetrics();
        foreach (var (hypothesis, reference) in corpus.Hypotheses.Zip(corpus.References)) metrics.Add(hypothesis, reference);
        Assert.Equal(corpus.Values.Keys.Order(), metrics.All.Select(metric => metric.Name).Order());
        foreach (var metric in metrics.All)
        {
            Assert.Equal(corpus.Values[metric.Name], metric.Value, 9);
            if (corpus.Signatures.TryGetValue(metric.Name, out var signature)) Assert.Equal(signature, metric.Signature);
        }

        Assert.Equal(4, corpus.Signatures.Count);
    }

    [Fact]
    public void Without_a_segment_every_metric_is_nought() => Assert.All(new TextMetrics().Values(), value => Assert.Equal(0, value.Value));

    [Fact]
    public void The_order_of_segments_changes_nothing()
    {
        var corpus = Golden.Corpora.Single(corpus => corpus.Name == "all kinds of words");
        var metrics = new TextMetrics();
        foreach (var (hypothesis, reference) in corpus.Hypotheses.Zip(corpus.References).Reverse()) metrics.Add(hypothesis, reference);
        foreach (var metric in metrics.All) Assert.Equal(corpus.Values[metric.Name], metric.Value, 9);
    }

    private static GoldenScores Read()
    {
        using var stream = typeof(TextMetricsTests).Assembly.GetManifestResourceStream("text_metrics.json")!;
        return JsonSerializer.Deserialize<GoldenScores>(stream, new JsonSerializerOptions { PropertyNameCaseInsensitive = true })!;
    }

    private sealed record GoldenScores(string[] Segments, string[][] Words, string[] Cased, string[] Lowered, GoldenCorpus[] Corpora);

    private sealed record GoldenCorpus(
        string Name, string[] Hypotheses, string[] References, Dictionary<string, double> Values, Dictionary<string, string> Signatures);
}
