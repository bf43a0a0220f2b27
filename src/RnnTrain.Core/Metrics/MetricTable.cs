using RnnTrain.Configuration;

namespace RnnTrain.Metrics;

/// <summary>Every metric by which checkpoints can be compared.</summary>
public static class MetricTable
{
    public static Metric Loss { get; } = new(
        "loss", MetricDirection.LowerIsBetter, "Mean of −ln p(token), in nats a token.", totals => totals.LossSum / totals.Tokens);

    public static IReadOnlyList<Metric> All { get; } =
    [
        Loss,
        new("perplexity", MetricDirection.LowerIsBetter, "e to the loss: the number of equally likely tokens that would be as hard to guess.",
            totals => Math.Exp(totals.LossSum / totals.Tokens)),
        new("bits_per_token", MetricDirection.LowerIsBetter, "The loss in bits: bits a character, a byte or a word, by the kind of token.",
            totals => totals.LossSum / totals.Tokens / Math.Log(2)),
        new("accuracy", MetricDirection.HigherIsBetter, "The share of tokens to which the model gave the highest probability of all, 0 to 1.",
            totals => totals.CorrectIsCounted ? totals.Correct / (double)totals.Tokens : null),
    ];

    /// <exception cref="UserMistakeException">There is no metric of that name; says which there are.</exception>
    public static Metric Find(string name) =>
        All.FirstOrDefault(metric => metric.Name == name)
        ?? throw new UserMistakeException($"there is no metric '{name}'; there are {string.Join(", ", All.Select(metric => metric.Name))}");
}
