using RnnTrain.Configuration;

namespace RnnTrain.Tasks.ClassWeighting;

/// <summary>Options of <see cref="BalancedWeights"/>.</summary>
[Describe("All classes count as much in sum, however many training examples they have.")]
public sealed record BalancedWeightOptions : ClassWeightOptions;

/// <summary>
/// Each class counts by the inverse of how often it occurs: King and Zeng, "Logistic regression in rare events data" (2001); of sets, as much
/// where it is there as where it is not.
/// <code>
/// one class an example: w_k = n / (K n_k)        sets: w_k = (n − n_k) / n_k
/// </code>
/// </summary>
public sealed class BalancedWeights : IClassWeights
{
    public IReadOnlyList<float> Of(TrainingClasses classes)
    {
        var (n, k) = ((double)classes.Examples, classes.Labels.Count);
        return [.. classes.Counts.Select(count => (float)(count == 0 ? 1 : classes.AreSets ? Math.Max(n - count, 1) / count : n / (k * count)))];
    }
}
