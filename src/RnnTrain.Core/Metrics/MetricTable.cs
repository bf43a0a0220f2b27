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

    /// <summary>Which values of a metric are better, by its name: of errors and of what follows from the loss the lower ones, of all else the higher.</summary>
    public static MetricDirection DirectionOf(string name) =>
        All.FirstOrDefault(metric => metric.Name == name)?.Direction
        ?? (name.EndsWith("_error", StringComparison.Ordinal) || name is "brier_score" or "ter" ? MetricDirection.LowerIsBetter : MetricDirection.HigherIsBetter);

    /// <exception cref="UserMistakeException">There is no metric of that name; says which there are.</exception>
    public static Metric Find(string name) =>
        All.FirstOrDefault(metric => metric.Name == name)
        ?? throw new UserMistakeException($"there is no metric '{name}'; there are {string.Join(", ", All.Select(metric => metric.Name))}");
}
