namespace RnnTrain.Metrics;

/// <summary>
/// Sums over scored tokens, in double, from which every metric of a model that predicts tokens follows. The totals of two parts
/// added up are the totals of the whole, so metrics do not depend on how the tokens were batched.
/// </summary>
public sealed class TokenTotals
{
    /// <summary>Of no tokens yet.</summary>
    public TokenTotals()
    {
    }

    /// <inheritdoc cref="Add"/>
    public TokenTotals(double lossSum, long tokens, long? correct = null) => Add(lossSum, tokens, correct);

    /// <summary>The sum of the tokens' losses, −ln p(token), in nats.</summary>
    public double LossSum { get; private set; }

    /// <summary>Tokens scored.</summary>
    public long Tokens { get; private set; }

    /// <summary>Tokens to which the model gave the highest probability of all.</summary>
    public long Correct { get; private set; }

    /// <summary>True when the correct predictions of every token added so far were counted; else there is no accuracy.</summary>
    public bool CorrectIsCounted { get; private set; } = true;

    /// <summary>Adds some tokens' loss, with the number predicted correctly where it was counted.</summary>
    public void Add(double lossSum, long tokens, long? correct = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tokens);
        LossSum += lossSum;
        Tokens += tokens;
        Correct += correct ?? 0;
        CorrectIsCounted &= correct is not null || tokens == 0;
    }

    /// <summary>Forgets everything, for the next stretch.</summary>
    public void Clear()
    {
        LossSum = 0;
        Tokens = 0;
        Correct = 0;
        CorrectIsCounted = true;
    }

    /// <summary>Every metric these totals know, in the order of <see cref="MetricTable.All"/>.</summary>
    /// <exception cref="InvalidOperationException">No token was scored.</exception>
    public IReadOnlyList<MetricValue> Values()
    {
        if (Tokens == 0) throw new InvalidOperationException("no token was scored, so there is no metric");
        return [.. MetricTable.All
            .Select(metric => (metric.Name, Value: metric.Of(this)))
            .Where(pair => pair.Value is not null)
            .Select(pair => new MetricValue(pair.Name, pair.Value!.Value))];
    }
}
