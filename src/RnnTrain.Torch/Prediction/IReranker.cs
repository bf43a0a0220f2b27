using RnnTrain.Generation.Decoding;

namespace RnnTrain.Prediction;

/// <summary>What judges the texts that a search found by more than the model that found them. It owns its models.</summary>
public interface IReranker : IDisposable
{
    /// <summary>The texts with the scores it gives them, in their order.</summary>
    /// <param name="read">What was read.</param>
    /// <param name="found">What was found for it, with its text.</param>
    IReadOnlyList<double> Scores(string read, IReadOnlyList<(Hypothesis Hypothesis, string Text)> found);
}
