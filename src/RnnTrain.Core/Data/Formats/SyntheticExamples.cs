using RnnTrain.Configuration;
using RnnTrain.Data.Examples;
using RnnTrain.Data.Problems;
using RnnTrain.Numerics;

namespace RnnTrain.Data.Formats;

/// <summary>
/// Examples of a synthetic problem, made when they are asked for: fresh ones each epoch of training, always the same ones for validation
/// and test. An example is a function of (seed, split, epoch, index) alone.
/// </summary>
public sealed class SyntheticExamples(ISequenceProblem problem, LengthRange lengths, int count, long seed, Split split) : IExampleSource
{
    private readonly string purpose = $"synthetic {split.Name()}";

    public int Count => count;

    public string Description => string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"{count:N0} examples{(split == Split.Train ? " an epoch, made anew each" : "")}, length {lengths}");

    public Example Make(int epoch, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, count);
        var random = PortableRandom.For(seed, purpose, epoch, index);
        var length = lengths.Minimum + (int)random.NextBelow(lengths.Maximum - lengths.Minimum + 1L);
        return problem.Draw(random, length);
    }
}
