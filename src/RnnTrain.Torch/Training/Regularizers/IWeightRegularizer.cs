namespace RnnTrain.Training.Regularizers;

/// <summary>
/// Something that changes the model's weights in place for one forward and backward pass, and puts them back before the optimizer: so
/// layers stay on their fast path. It draws from libtorch's generator, which is seeded before each step.
/// </summary>
public interface IWeightRegularizer
{
    /// <summary>Before the forward pass: changes weights.</summary>
    void Before();

    /// <summary>After the backward pass: corrects the gradients, and puts back the weights.</summary>
    void After();
}
