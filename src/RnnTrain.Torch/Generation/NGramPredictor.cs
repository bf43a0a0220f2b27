using RnnTrain.NGrams;

namespace RnnTrain.Generation;

/// <summary>A model of n-grams that reads one text.</summary>
/// <param name="model">What was counted.</param>
public sealed class NGramPredictor(KneserNeyModel model) : ITokenPredictor
{
    private readonly NGramReader reader = new(model);
    private readonly double[] probabilities = new double[model.Vocabulary]; // [vocabulary]

    public int Vocabulary => model.Vocabulary;

    public void Read(ReadOnlySpan<int> tokens, Span<float> scores)
    {
        if (tokens.IsEmpty) throw new ArgumentException("no tokens to read", nameof(tokens));
        foreach (var token in tokens) reader.Read(token);
        reader.Next(probabilities);
        for (var token = 0; token < probabilities.Length; token++) scores[token] = (float)Math.Log(probabilities[token]);
    }
}
