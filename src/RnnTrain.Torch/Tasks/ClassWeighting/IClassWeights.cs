namespace RnnTrain.Tasks.ClassWeighting;

/// <summary>How much classes count in the loss.</summary>
public interface IClassWeights
{
    /// <summary>
    /// The weight of each class, [classes]. Of one class an example: the loss of an example is multiplied by that of its class, and the sum
    /// divided by the sum of the weights. Of sets: the loss of a class that an example is of is multiplied by its weight.
    /// </summary>
    /// <exception cref="Configuration.UserMistakeException">The training data does not have the classes that are named.</exception>
    IReadOnlyList<float> Of(TrainingClasses classes);
}
