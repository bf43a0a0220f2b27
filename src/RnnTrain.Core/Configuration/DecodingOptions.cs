namespace RnnTrain.Configuration;

/// <summary>How a model that has read a text writes another: which of all texts is looked for.</summary>
public sealed record DecodingOptions
{
    [Describe("Beam search: so many beginnings are followed at once; 1 is greedy search, which takes the likeliest symbol each time.")]
    [Bounds(1, 1000)]
    public int Beam { get; init; } = 5;

    [Describe("The exponent α of the length that divides ln p(text); 0 does not divide, which favours short texts.")]
    [Bounds(0)]
    public double LengthPenalty { get; init; } = 1;

    [Describe("What of the length, the end symbol counted, is raised to α.")]
    public LengthNormalization LengthNormalization { get; init; } = LengthNormalization.Mean;

    [Describe("Coverage penalty (Wu et al. 2016): the factor β of Σ ln min(1, attention that a token read was given in all); needs attention.")]
    [Bounds(0)]
    public double CoveragePenalty { get; init; }

    [Describe("No run of so many symbols is written twice in a text; no such rule if absent.")]
    [Bounds(1)]
    public int? BlockNgrams { get; init; }

    [Describe("The fewest symbols of a text, its end not counted.")]
    [Bounds(0)]
    public int MinimumLength { get; init; } = 1;

    [Describe("The fewest symbols for each token read; the larger of both limits holds.")]
    [Bounds(0)]
    public double MinimumRatio { get; init; }

    [Describe("The most symbols of a text, its end not counted.")]
    [Bounds(1)]
    public int MaximumLength { get; init; } = 200;

    [Describe("The most symbols for each token read; the smaller of both limits holds; maximum_length alone if absent.")]
    [Bounds(0, MinimumExcluded = true)]
    public double? MaximumRatio { get; init; }

    [Describe("What becomes of the symbol for unknown words; if absent, copy where the model has attention, else avoid.")]
    public UnknownWords? UnknownWords { get; init; }

    [Describe("Choose among the texts that the search found by a second run as well; by their score alone if absent.")]
    public RerankingOptions? Reranking { get; init; }
}

/// <summary>What of a text's length divides its log-probability.</summary>
public enum LengthNormalization
{
    [Describe("length^α: with α = 1 the mean over symbols.")]
    Mean,

    [Describe("((5 + length) / 6)^α (Wu et al. 2016).")]
    Gnmt,
}

/// <summary>What becomes of the symbol that stands for all words that the vocabulary lacks.</summary>
public enum UnknownWords
{
    [Describe("It is written.")]
    Keep,

    [Describe("It is never chosen.")]
    Avoid,

    [Describe("The token read at which the model looked most takes its place (Luong et al. 2015); needs attention.")]
    Copy,
}

/// <summary>Maximum mutual information (Li et al. 2016): of the texts found, the one that also fits what a second run says.</summary>
public sealed record RerankingOptions
{
    [Describe("The second run, as a folder or a name: a sequence_to_sequence run trained the other way (ln p(read | written) is added), or a language_modeling run (ln p(written) is taken off).")]
    public required string Run { get; init; }

    [Describe("λ: how much the second run counts.")]
    [Bounds(0)]
    public double Weight { get; init; } = 0.5;

    [Describe("γ: what each symbol written is worth.")]
    public double LengthReward { get; init; }

    [Describe("A language model's say is taken off for the first so many of its tokens only; for all if absent.")]
    [Bounds(1)]
    public int? FirstTokens { get; init; }
}
