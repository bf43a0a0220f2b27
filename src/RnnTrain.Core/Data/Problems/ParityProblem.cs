using RnnTrain.Configuration;
using RnnTrain.Data.Examples;
using RnnTrain.Numerics;

namespace RnnTrain.Data.Problems;

/// <summary>Options of <see cref="ParityProblem"/>.</summary>
[Describe("Parity (Minsky and Papert 1969): whether the number of ones in a sequence of bits is odd. Length: bits.")]
public sealed record ParityOptions : ProblemOptions
{
    [Describe("When it is asked for: at the end, or at each step for the bits so far, which is far easier to learn.")]
    public AskedAt Asked { get; init; } = AskedAt.End;

    public override TargetKind Targets => Asked == AskedAt.End ? TargetKind.ClassAtEnd : TargetKind.ClassEachStep;
}

/// <summary>When a problem asks for its answer.</summary>
public enum AskedAt
{
    [Describe("When the whole sequence has been read.")]
    End,

    [Describe("At every step, for what has been read so far.")]
    EachStep,
}

/// <summary>
/// Parity: Minsky and Papert, "Perceptrons" (1969); as a problem for recurrent networks Hochreiter and Schmidhuber (1997). A step is a fair bit;
/// asked for is class 1 where the number of ones so far is odd. One bit of memory solves it at any length, and no share of the bits but all of
/// them says anything.
/// </summary>
public sealed class ParityProblem(ParityOptions options) : ISequenceProblem
{
    public ExampleShape Shape { get; } = new(Vocabulary: 2, Features: 0, options.Targets, Outputs: 2);

    public Example Draw(PortableRandom random, int length)
    {
        var bits = new int[length]; // [time]
        var parity = new int[length]; // [time]
        var odd = 0;
        for (var time = 0; time < length; time++)
        {
            bits[time] = (int)random.NextBelow(2);
            odd ^= bits[time];
            parity[time] = odd;
        }

        return new Example { Length = length, Tokens = bits, Classes = options.Asked == AskedAt.End ? [odd] : parity };
    }

    public string Baseline(LengthRange lengths) => "guessing is right half of the time, a loss of 0.6931";
}
