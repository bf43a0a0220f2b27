using RnnTrain.Configuration;

namespace RnnTrain.Tasks.ClassWeighting;

/// <summary>Options of <see cref="GivenWeights"/>.</summary>
[Describe("Weights by name: {type: given, weights: [{label: spam, weight: 5}]}.")]
public sealed record GivenWeightOptions : ClassWeightOptions
{
    [Describe("The classes whose weight is not 1.")]
    public required IReadOnlyList<LabelWeight> Weights { get; init; }
}

/// <summary>The weight of a class.</summary>
public sealed record LabelWeight
{
    [Describe("The class, as the data calls it.")]
    public required string Label { get; init; }

    [Describe("How much it counts; the others count 1.")]
    [Bounds(0, MinimumExcluded = true)]
    public required double Weight { get; init; }
}

/// <summary>Weights that the configuration gives by name; 1 for classes of which it says nothing.</summary>
public sealed class GivenWeights(GivenWeightOptions options) : IClassWeights
{
    public IReadOnlyList<float> Of(TrainingClasses classes)
    {
        var weights = Enumerable.Repeat(1f, classes.Labels.Count).ToArray();
        List<string> mistakes = [];
        foreach (var (given, index) in options.Weights.Select((given, index) => (given, index)))
        {
            var label = classes.Labels.ToList().IndexOf(given.Label);
            if (label >= 0) weights[label] = (float)given.Weight;
            else mistakes.Add($"task.class_weights.weights[{index}].label: the training data has no class '{given.Label}'; it has {string.Join(", ", classes.Labels.Take(20))}");
        }

        return mistakes.Count == 0 ? weights : throw new UserMistakeException(mistakes);
    }
}
