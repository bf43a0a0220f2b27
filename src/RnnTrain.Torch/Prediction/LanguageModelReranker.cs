using RnnTrain.Configuration;
using RnnTrain.Data.Encoding;
using RnnTrain.Generation;
using RnnTrain.Generation.Decoding;

namespace RnnTrain.Prediction;

/// <summary>
/// Maximum mutual information with a language model (MMI-antiLM; Li et al. 2016): what would be said anyway counts for less.
/// <code>score = ln p(T | S) − λ Σ_k ln p(t_k | t_1 … t_(k−1)) + γ |T|</code>
/// over the first so many tokens of T, since what comes late hangs on what was said before and not on what was asked.
/// </summary>
/// <param name="options">λ, γ and how many tokens.</param>
/// <param name="begin">Begins a new text; what it gives is disposed of where it can be.</param>
/// <param name="start">The token that the model has read before a text.</param>
/// <param name="encoder">How the model's texts become tokens.</param>
/// <param name="model">Owned; null where there is nothing to own.</param>
public sealed class LanguageModelReranker(
    RerankingOptions options, Func<ITokenPredictor> begin, int start, TextEncoder encoder, IDisposable? model) : IReranker
{
    public IReadOnlyList<double> Scores(string read, IReadOnlyList<(Hypothesis Hypothesis, string Text)> found) =>
    [
        .. found.Select(one => one.Hypothesis.LogProbability - options.Weight * LogProbability(encoder.Encode(one.Text))
            + options.LengthReward * one.Hypothesis.Symbols.Length),
    ];

    public void Dispose() => model?.Dispose();

    /// <summary>ln p of the first tokens of a text, in nats.</summary>
    private double LogProbability(int[] tokens)
    {
        var predictor = begin();
        using var owned = predictor as IDisposable;
        var scores = new float[predictor.Vocabulary]; // [vocabulary]
        var sum = 0.0;
        var last = start;
        foreach (var token in tokens.Take(options.FirstTokens ?? int.MaxValue))
        {
            predictor.Read([last], scores);
            sum += scores[token] - LogSum(scores);
            last = token;
        }

        return sum;
    }

    /// <summary>ln Σ exp(score), the largest taken off first.</summary>
    private static double LogSum(float[] scores)
    {
        var most = scores.Max();
        return most + Math.Log(scores.Sum(score => Math.Exp((double)score - most)));
    }
}
