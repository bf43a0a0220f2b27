using RnnTrain.Configuration;
using RnnTrain.Models.Outputs;

namespace RnnTrain.Tasks;

[Describe("Tells one class of each example, or any number of them where the data gives sets, when the whole sequence has been read.")]
public sealed record SequenceClassificationOptions : TaskOptions
{
    private const double HalfProbability = 0.5;

    [Describe("How much classes count in the loss, so that rare ones are not overlooked; all alike if absent.")]
    public ClassWeightOptions? ClassWeights { get; init; }

    [Describe("Where examples have sets of classes: a class is told from this probability on; 0.5 if absent.")]
    [Bounds(0, 1, MinimumExcluded = true, MaximumExcluded = true)]
    public double? Threshold { get; init; }

    /// <summary>The probability from which on a class is told, where examples have sets of them.</summary>
    public double TellFrom => Threshold ?? HalfProbability;

    public override IEnumerable<ConfigMistake> Check(ExperimentConfig config)
    {
        var isSet = config.Data.Format.Targets == TargetKind.ClassSetAtEnd;
        foreach (var mistake in ExampleRules.Check(config, isSet ? TargetKind.ClassSetAtEnd : TargetKind.ClassAtEnd)) yield return mistake;
        if (Threshold is not null && !isSet)
            yield return new ConfigMistake("task.threshold", "each example has one class, the one with the highest probability; remove the key");
        if (config.Model.Output is null or FullOutputOptions) yield break;
        if (isSet) yield return new ConfigMistake("model.output", "each class has a probability of its own, and no softmax is over all; remove the block");
        else if (ClassWeights is not null)
            yield return new ConfigMistake("task.class_weights", "only a full output layer knows them; remove model.output, or do not weight");
    }
}
