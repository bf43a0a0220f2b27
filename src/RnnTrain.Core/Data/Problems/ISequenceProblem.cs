using RnnTrain.Configuration;
using RnnTrain.Data.Examples;
using RnnTrain.Numerics;

namespace RnnTrain.Data.Problems;

/// <summary>A rule that makes examples of any length.</summary>
public interface ISequenceProblem
{
    ExampleShape Shape { get; }

    /// <summary>Draws an example.</summary>
    /// <param name="random">Where every random choice comes from.</param>
    /// <param name="length">As the problem counts it.</param>
    Example Draw(PortableRandom random, int length);

    /// <summary>What the best answer without any memory of the sequence is worth, for people.</summary>
    /// <param name="lengths">The lengths of the examples.</param>
    string Baseline(LengthRange lengths);
}
