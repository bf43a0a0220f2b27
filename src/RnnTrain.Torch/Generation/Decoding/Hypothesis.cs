namespace RnnTrain.Generation.Decoding;

/// <summary>A text that a search found.</summary>
/// <param name="Symbols">Symbols of the vocabulary, without begin and end.</param>
/// <param name="LogProbability">ln p(text, end | what was read), in nats.</param>
/// <param name="Score">What the search ranks by: the log-probability after length and coverage penalties.</param>
public sealed record Hypothesis(int[] Symbols, double LogProbability, double Score)
{
    /// <summary>For each symbol the token read that the model looked at most, from 0; empty where it has no attention.</summary>
    public int[] Looked { get; init; } = [];

    /// <summary>For each symbol how much it looked at each token read, [symbols][source time]; null where nobody asked or there is no attention.</summary>
    public float[][]? Attention { get; init; }
}
