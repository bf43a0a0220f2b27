using RnnTrain.Generation;

namespace RnnTrain.Prediction;

/// <summary>What is wanted of the answers.</summary>
public sealed record PredictionOptions
{
    /// <summary>Probabilities or scores too.</summary>
    public bool Scores { get; init; }

    /// <summary>What the model looked at too, where it has attention.</summary>
    public bool Attention { get; init; }

    /// <summary>Texts computed at once, at most.</summary>
    public int MostTexts { get; init; } = 256;

    /// <summary>Where texts are written: draw them like this; null to search for the likeliest as the configuration's `decoding` says.</summary>
    public SamplingOptions? Sampling { get; init; }

    /// <summary>Where texts are written: so many for each, the best first.</summary>
    public int Texts { get; init; } = 1;

    /// <summary>Where chance comes from: it is a function of this and of the line of the text (<see cref="Data.Examples.TextPlace.Line"/>), whatever stands beside it.</summary>
    public long Seed { get; init; } = 1;
}
