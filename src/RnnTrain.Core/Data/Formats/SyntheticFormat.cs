using RnnTrain.Configuration;
using RnnTrain.Data.Examples;
using RnnTrain.Data.Problems;

namespace RnnTrain.Data.Formats;

/// <summary>Options of <see cref="SyntheticFormat"/>.</summary>
[Describe("Examples made by the rule of a problem, fresh ones each epoch; no files.")]
public sealed record SyntheticOptions : FormatOptions
{
    [Describe("The rule.")]
    public required ProblemOptions Problem { get; init; }

    [Describe("Training examples an epoch.")]
    [Bounds(1)]
    public int TrainExamples { get; init; } = 10_000;

    [Describe("Validation examples; none if 0.")]
    [Bounds(0)]
    public int ValidationExamples { get; init; } = 1000;

    [Describe("Test examples; none if 0.")]
    [Bounds(0)]
    public int TestExamples { get; init; } = 1000;

    public override bool ReadsFiles => false;

    public override bool ReadsText => false;

    public override bool GivesTokens => Problem.GivesTokens;

    public override TargetKind? Targets => Problem.Targets;

    public override bool HasValidation(DataOptions data) => ValidationExamples > 0;

    public override IEnumerable<ConfigMistake> Check(DataOptions data) => Problem.Check("data.format.problem");

    internal int CountOf(Split split) => split switch
    {
        Split.Train => TrainExamples,
        Split.Validation => ValidationExamples,
        _ => TestExamples,
    };

    internal LengthRange LengthsOf(Split split) => split switch
    {
        Split.Validation when Problem.ValidationLength is { } own => own,
        Split.Test when Problem.TestLength is { } own => own,
        _ => Problem.Length,
    };
}

/// <summary>Examples of a synthetic problem, made from the experiment's seed.</summary>
public sealed class SyntheticFormat(SyntheticOptions options, FormatContext context) : IExampleFormat
{
    public ExampleData Read(DataOptions data)
    {
        var problem = ProblemTable.Problems.Create(options.Problem, default);
        var splits = Enum.GetValues<Split>().Where(split => options.CountOf(split) > 0).ToDictionary(split => split, IExampleSource (split) =>
            new SyntheticExamples(problem, options.LengthsOf(split), options.CountOf(split), context.Seed, split));
        return new ExampleData(problem.Shape, splits, Files: [], [problem.Baseline(options.LengthsOf(Split.Train))]);
    }
}
