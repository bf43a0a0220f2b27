using RnnTrain.Configuration;

namespace RnnTrain.NGrams;

/// <summary>Options of <see cref="KneserNeyModel"/>.</summary>
[Describe("No cell but a Markov chain: n-grams with interpolated Kneser-Ney smoothing, learned by counting. Shows what recurrence buys.")]
public sealed record MarkovOptions : CellOptions
{
    /// <summary>The longest n-gram that may be asked for.</summary>
    public const int HighestOrder = 16;

    [Describe("Tokens of the longest n-gram: 5 predicts a token from the four before it, 1 from nothing but how often it occurs.")]
    [Bounds(1, HighestOrder)]
    public int Order { get; init; } = 5;

    [Describe("What is taken off the counts, to be given to n-grams that were never seen.")]
    public Smoothing Smoothing { get; init; } = Smoothing.KneserNey;
}

/// <summary>How counts are discounted.</summary>
public enum Smoothing
{
    [Describe("One discount for each length of n-gram (Kneser and Ney 1995).")]
    KneserNey,

    [Describe("Three for each length: for n-grams seen once, twice, and more often (Chen and Goodman 1999).")]
    ModifiedKneserNey,
}
