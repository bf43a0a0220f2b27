namespace RnnTrain.NGrams;

/// <summary>
/// Where a text stands in a model of n-grams: it reads token after token, and tells what the model expects next. Before the first token
/// the context is empty.
/// </summary>
public sealed class NGramReader
{
    private readonly KneserNeyModel model;
    private readonly int[] contexts; // [order]: the nodes of the last 0, 1, … tokens, −1 where the model knows none
    private readonly int[] found; // [order]

    public NGramReader(KneserNeyModel model)
    {
        this.model = model;
        contexts = new int[model.Order];
        found = new int[model.Order];
        Restart();
    }

    /// <summary>Forgets everything that was read.</summary>
    public void Restart()
    {
        contexts.AsSpan().Fill(-1);
        contexts[0] = 0;
    }

    /// <summary>Reads a token.</summary>
    /// <returns>The probability that the model gave it.</returns>
    public double Read(int token)
    {
        var probability = model.Probability(contexts, token, found);
        found.AsSpan(..^1).CopyTo(contexts.AsSpan(1)); // the context of k tokens with one more is one of k + 1
        return probability;
    }

    /// <summary>The probabilities of all tokens to come next.</summary>
    /// <param name="probabilities">Filled: [vocabulary].</param>
    public void Next(Span<double> probabilities) => model.Probabilities(contexts, probabilities);

    /// <summary>The probability of the likeliest token to come next.</summary>
    public double Highest() => model.HighestProbability(contexts);
}
