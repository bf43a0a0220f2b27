using RnnTrain.Configuration;

namespace RnnTrain.Tests.Configuration;

[Describe("Predict what comes next.")]
public sealed record GuessOptions : TaskOptions
{
    public override IEnumerable<ConfigMistake> Check(ExperimentConfig config) =>
        config.Model.Bidirectional ? [new ConfigMistake("model.bidirectional", "a guess looks forward only; remove it")] : [];
}

[Describe("Fill in, with a cell of its own.")]
public sealed record FillOptions : TaskOptions
{
    [Describe("The cell that fills in.")]
    public CellOptions? Cell { get; init; }

    [Describe("Shares of the losses.")]
    [Bounds(0, 1)]
    public IReadOnlyList<double> Shares { get; init; } = [0.5, 0.5];

    [Describe("How many of each.")]
    public IReadOnlyList<int>? Counts { get; init; }

    [Describe("Parts, one after the other.")]
    public IReadOnlyList<SplitOptions> Parts { get; init; } = [];

    public override IEnumerable<ConfigMistake> Check(ExperimentConfig config) => [];
}

[Describe("Lines of text.")]
public sealed record LinesOptions : FormatOptions;

[Describe("Words.")]
public sealed record WordsOptions : TokenOptions
{
    [Describe("Written at the end of each line; nothing if absent.")]
    public string? EndOfLine { get; init; } = "<eos>";

    [Describe("Rarer words become unknown.")]
    [Bounds(1)]
    public long MinimumCount { get; init; } = 1;
}

[Describe("Contiguous lanes.")]
public sealed record StreamOptions : BatchingOptions
{
    [Describe("Lanes.")]
    [Bounds(1, 4096)]
    public required int BatchSize { get; init; }

    [Describe("Time steps of a batch.")]
    [Bounds(1)]
    public int Steps { get; init; } = 20;

    public override int? FixedSize => BatchSize;
}

[Describe("A plain cell.")]
public sealed record PlainCellOptions : CellOptions;

[Describe("A cell with gates.")]
public sealed record GatedCellOptions : CellOptions
{
    [Describe("Added to the forget gate.")]
    public double ForgetBias { get; init; } = 1.0;

    [Describe("A second bias.")]
    public bool SecondBias { get; init; } = true;
}

[Describe("All at once.")]
public sealed record WholeOptions : OutputOptions;

[Describe("Part by part.")]
public sealed record PartsOptions : OutputOptions
{
    public override string? CannotBeTied => "parts have no matrix to share; do not tie";
}

[Describe("All alike.")]
public sealed record EvenOptions : InitializationOptions
{
    [Describe("From minus this to this.")]
    [Bounds(0, MinimumExcluded = true)]
    public required double Range { get; init; }
}

[Describe("Downhill.")]
public sealed record SlopeOptions : OptimizerOptions
{
    [Describe("What stays of the last step.")]
    [Bounds(0, 1, MaximumExcluded = true)]
    public double Momentum { get; init; }
}

[Describe("Downhill, carefully.")]
public sealed record CarefulOptions : OptimizerOptions
{
    [Describe("Memories of the gradient and of its square.")]
    [Bounds(0, 1, MaximumExcluded = true)]
    public IReadOnlyList<double> Betas { get; init; } = [0.9, 0.999];
}

[Describe("Falls after an epoch.")]
public sealed record FallingOptions : ScheduleOptions
{
    [Describe("The last epoch at the full rate.")]
    [Bounds(0)]
    public required int Epoch { get; init; }

    [Describe("By which factor.")]
    public double Factor { get; init; } = 0.5;
}

[Describe("Slow weights.")]
public sealed record SlowOptions : AverageOptions
{
    [Describe("How slow.")]
    [Bounds(0, 1)]
    public double Slowness { get; init; } = 0.9;
}

[Describe("The first step.")]
public sealed record FirstOptions : PoolingOptions;

[Describe("Everything alike.")]
public sealed record GlanceOptions : AttentionOptions;

[Describe("Letter by letter.")]
public sealed record SpellerOptions : WordLetterOptions
{
    public override long OutputSize => EmbeddingSize;
}

[Describe("Try again.")]
public sealed record AgainOptions : NonFiniteOptions
{
    [Describe("How often.")]
    [Bounds(1)]
    public int Times { get; init; } = 3;
}

/// <summary>A registry of each kind, small enough to know by heart.</summary>
internal static class FakeComponents
{
    public static IReadOnlyList<IRegistry> Registries { get; } =
    [
        new Registry<TaskOptions, int, string>("tasks") { { "guess", (GuessOptions _, int _) => "" }, { "fill", (FillOptions _, int _) => "" } },
        new Registry<FormatOptions, int, string>("formats") { { "lines", (LinesOptions _, int _) => "" } },
        new Registry<TokenOptions, int, string>("tokens") { { "words", (WordsOptions _, int _) => "" } },
        new Registry<BatchingOptions, int, string>("batchings") { { "stream", (StreamOptions _, int _) => "" } },
        new Registry<CellOptions, int, string>("cells") { { "plain", (PlainCellOptions _, int _) => "" }, { "gated", (GatedCellOptions _, int _) => "" } },
        new Registry<OutputOptions, int, string>("outputs") { { "whole", (WholeOptions _, int _) => "" }, { "parts", (PartsOptions _, int _) => "" } },
        new Registry<AttentionOptions, int, string>("attentions") { { "glance", (GlanceOptions _, int _) => "" } },
        new Registry<WordLetterOptions, int, string>("character encoders") { { "speller", (SpellerOptions _, int _) => "" } },
        new Registry<PoolingOptions, int, string>("poolings") { { "first", (FirstOptions _, int _) => "" } },
        new Registry<InitializationOptions, int, string>("initializations") { { "even", (EvenOptions _, int _) => "" } },
        new Registry<OptimizerOptions, int, string>("optimizers") { { "slope", (SlopeOptions _, int _) => "" }, { "careful", (CarefulOptions _, int _) => "" } },
        new Registry<ScheduleOptions, int, string>("schedules") { { "falling", (FallingOptions _, int _) => "" } },
        new Registry<AverageOptions, int, string>("averages") { { "slow", (SlowOptions _, int _) => "" } },
        new Registry<NonFiniteOptions, int, string>("policies") { { "again", (AgainOptions _, int _) => "" } },
    ];
}
