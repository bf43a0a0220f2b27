namespace RnnTrain.Metrics.Text;

/// <summary>Every measure of written texts, over the same segments.</summary>
public sealed class TextMetrics
{
    /// <summary>In the order in which they are shown.</summary>
    public IReadOnlyList<ITextMetric> All { get; } =
        [new Bleu(), new Bleu(lowerCase: true), new Chrf(), new TranslationEditRate(), new RougeL(), new DistinctNGrams(1), new DistinctNGrams(2)];

    /// <summary>Adds a segment.</summary>
    /// <param name="hypothesis">What was written.</param>
    /// <param name="reference">What a person wrote.</param>
    public void Add(string hypothesis, string reference)
    {
        foreach (var metric in All) metric.Add(hypothesis, reference);
    }

    /// <summary>What they come to.</summary>
    public IReadOnlyList<MetricValue> Values() => [.. All.Select(metric => new MetricValue(metric.Name, metric.Value))];
}
