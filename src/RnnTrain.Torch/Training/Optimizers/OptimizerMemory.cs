namespace RnnTrain.Training.Optimizers;

/// <summary>Where in CPU memory an optimizer's buffers lie, one behind the other, each as long as all parameters together.</summary>
/// <param name="first">The first number of the first buffer; null where there are no buffers.</param>
/// <param name="distance">Numbers from a buffer to the next.</param>
/// <param name="buffers">At most 3.</param>
public readonly unsafe struct OptimizerMemory(float* first, long distance, int buffers)
{
    /// <summary>How many numbers the rule remembers for each weight.</summary>
    public int Buffers { get; } = buffers;

    /// <summary>The first number of a buffer; meaningless where there are not so many.</summary>
    public float* Buffer(int index) => first + index * distance;

    /// <summary>The same buffers from a later weight on.</summary>
    public OptimizerMemory From(long weight) => new(first + weight, distance, Buffers);
}
