using RnnTrain.Cells;
using RnnTrain.Numerics;
using static TorchSharp.torch;

namespace RnnTrain.Models.Initializations;

/// <summary>Tensors of 32-bit random numbers that depend on a portable generator alone.</summary>
internal static class RandomTensors
{
    /// <summary>Every number equally likely between −limit and limit.</summary>
    public static Tensor Uniform(IReadOnlyList<long> shape, double limit, PortableRandom random)
    {
        var values = new float[Count(shape)];
        for (var i = 0; i < values.Length; i++) values[i] = (float)(((2 * random.NextDouble()) - 1) * limit);
        return tensor(values, [.. shape]);
    }

    /// <summary>
    /// Every number equally likely between 0 and 1: the recurrent weights of Li et al., "Independently recurrent neural network" (2018),
    /// for rectified units; the paper's bound, the T-th root of a constant for T steps, is nearly 1.
    /// </summary>
    public static Tensor ZeroToOne(IReadOnlyList<long> shape, PortableRandom random)
    {
        var values = new float[Count(shape)];
        for (var i = 0; i < values.Length; i++) values[i] = (float)random.NextDouble();
        return tensor(values, [.. shape]);
    }

    /// <summary>The standard normal distribution (Box and Muller 1958).</summary>
    public static Tensor Normal(IReadOnlyList<long> shape, PortableRandom random)
    {
        var values = new float[Count(shape)];
        for (var i = 0; i < values.Length; i += 2)
        {
            var radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            var (sine, cosine) = Math.SinCos(2 * Math.PI * random.NextDouble());
            values[i] = (float)(radius * cosine);
            if (i + 1 < values.Length) values[i + 1] = (float)(radius * sine);
        }

        return tensor(values, [.. shape]);
    }

    /// <summary>
    /// Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks" (2010):
    /// U(−l, l) with l = √(6 / (fan in + fan out)). Each gate is a layer of its own, so fan out is the height of one gate's block.
    /// </summary>
    public static Tensor Glorot(NamedParameter weight, PortableRandom random)
    {
        var fanOut = weight.Shape[0] / weight.Gates;
        var fanIn = weight.Shape[1];
        return Uniform(weight.Shape, Math.Sqrt(6.0 / (fanIn + fanOut)), random);
    }

    /// <summary>
    /// Rows of an embedding with variance 1 / features each: U(−√(3 / features), √(3 / features)), as in Ma and Hovy, "End-to-end sequence
    /// labeling via bi-directional LSTM-CNNs-CRF" (2016). Glorot's rule would count the vocabulary, of which one row is used at a time.
    /// </summary>
    public static Tensor Embedding(NamedParameter weight, PortableRandom random) =>
        Uniform(weight.Shape, Math.Sqrt(3.0 / weight.Shape[1]), random);

    private static long Count(IReadOnlyList<long> shape) => shape.Aggregate(1L, (product, size) => product * size);
}
