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

    public override bool MakesNetwork => false;

    public override IEnumerable<ConfigMistake> Check(ExperimentConfig config)
    {
        var model = config.Model;
        var refused = new (string Key, bool IsGiven, string Instead)[]
        {
            ("model.layers", model.Layers > 1, "has no layers; use 1"),
            ("model.layer_sizes", model.LayerSizes is not null, "has no layers; remove the key"),
            ("model.connections", model.Connections != LayerConnections.None, "has no layers; use none"),
            ("model.learned_initial_state", model.LearnedInitialState, "begins with an empty context; use false"),
            ("model.zoneout", model.Zoneout is not null, "has no state; remove the key, and see model.cell.smoothing"),
            ("model.bidirectional", model.Bidirectional, "counts what follows and not what precedes; use false"),
            ("model.tie_weights", model.TieWeights, "has no matrices; use false"),
            ("model.output", model.Output is not null, "gives probabilities without an output layer; remove the key"),
            ("model.dropout", model.Dropout != new DropoutOptions(), "has nothing to drop, it is smoothed; remove the key, and see model.cell.smoothing"),
            ("model.path", model.Path != LayerPath.Auto, "has no layers; use auto"),
            ("precision", config.Precision != Precision.Fp32, "counts whole numbers; use fp32"),
        };
        return refused.Where(key => key.IsGiven).Select(key => new ConfigMistake(key.Key, $"cell.type is markov, which {key.Instead}"));
    }
}

/// <summary>How counts are discounted.</summary>
public enum Smoothing
{
    [Describe("One discount for each length of n-gram (Kneser and Ney 1995).")]
    KneserNey,

    [Describe("Three for each length: for n-grams seen once, twice, and more often (Chen and Goodman 1999).")]
    ModifiedKneserNey,
}
