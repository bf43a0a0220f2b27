using RnnTrain.Configuration;

namespace RnnTrain.Data.Problems;

/// <summary>Nothing: a problem is made from its options alone.</summary>
public readonly record struct ProblemArguments;

/// <summary>Every synthetic problem.</summary>
public static class ProblemTable
{
    public static Registry<ProblemOptions, ProblemArguments, ISequenceProblem> Problems { get; } = new("problems")
    {
        { "adding", (AddingOptions _, ProblemArguments _) => new AddingProblem() },
        { "copy", (CopyOptions o, ProblemArguments _) => new CopyProblem(o) },
        { "parity", (ParityOptions o, ProblemArguments _) => new ParityProblem(o) },
        { "dyck", (DyckOptions o, ProblemArguments _) => new DyckProblem(o) },
        { "reversal", (ReversalOptions o, ProblemArguments _) => new ReversalProblem(o) },
        { "delayed_recall", (DelayedRecallOptions o, ProblemArguments _) => new DelayedRecallProblem(o) },
    };
}
