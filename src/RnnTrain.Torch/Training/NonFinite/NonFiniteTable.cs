using RnnTrain.Configuration;

namespace RnnTrain.Training.NonFinite;

/// <summary>Nothing: a policy is made from its options alone.</summary>
public readonly record struct NonFiniteArguments;

/// <summary>Everything that can happen where a loss or a gradient is not finite.</summary>
public static class NonFiniteTable
{
    public static Registry<NonFiniteOptions, NonFiniteArguments, NonFinitePolicy> Policies { get; } = new("non-finite policies")
    {
        { "stop", (StopOptions _, NonFiniteArguments _) => new NonFinitePolicy() },
        { "skip", (SkipOptions o, NonFiniteArguments _) => new NonFinitePolicy(Skips: true, Limit: o.Limit) },
        { "back", (BackOptions o, NonFiniteArguments _) => new NonFinitePolicy(GoesBack: true, Limit: o.Limit, Factor: o.Factor) },
    };

    /// <summary>The policy of these options; to stop if there are none.</summary>
    public static NonFinitePolicy Create(NonFiniteOptions? options) => Policies.Create(options ?? new StopOptions(), default);
}
