using RnnTrain.Configuration;

namespace RnnTrain.Tasks.ClassWeighting;

/// <summary>Nothing: weights are made from their options alone.</summary>
public readonly record struct ClassWeightArguments;

/// <summary>Every way to weight classes.</summary>
public static class ClassWeightTable
{
    public static Registry<ClassWeightOptions, ClassWeightArguments, IClassWeights> ClassWeights { get; } = new("class_weights")
    {
        { "balanced", (BalancedWeightOptions _, ClassWeightArguments _) => new BalancedWeights() },
        { "given", (GivenWeightOptions o, ClassWeightArguments _) => new GivenWeights(o) },
    };
}
