using RnnTrain.Configuration;
using RnnTrain.Data.Examples;
using RnnTrain.Numerics;

namespace RnnTrain.Data.Problems;

/// <summary>Options of <see cref="AddingProblem"/>.</summary>
[Describe("The adding problem (Hochreiter and Schmidhuber 1997): the sum of the two numbers of a sequence that are marked. Length: time steps, from 2.")]
public sealed record AddingOptions : ProblemOptions
{
    public override TargetKind Targets => TargetKind.ValuesAtEnd;

    public override bool GivesTokens => false;

    public override int ShortestLength => 2;
}

/// <summary>
/// The adding problem of Hochreiter and Schmidhuber, "Long short-term memory" (1997), in the form of Arjovsky, Shah and Bengio, "Unitary
/// evolution recurrent neural networks" (2016). A step is a number, uniform in [0, 1), and a mark, 0 or 1. One mark is somewhere in the
/// first half of the sequence and one in the second; the sum of the two numbers that are marked is asked for at the end.
/// Who tells 1 whatever the sequence has a mean squared error of 1/6, the variance of the sum.
/// </summary>
public sealed class AddingProblem : ISequenceProblem
{
    private const int Features = 2; // the number, the mark

    public ExampleShape Shape { get; } = new(Vocabulary: 0, Features, TargetKind.ValuesAtEnd, Outputs: 1);

    public Example Draw(PortableRandom random, int length)
    {
        var steps = new float[length * Features]; // [time · features]
        for (var time = 0; time < length; time++) steps[time * Features] = (float)random.NextDouble();
        var first = (int)random.NextBelow(length / 2);
        var second = length / 2 + (int)random.NextBelow(length - length / 2);
        steps[first * Features + 1] = 1;
        steps[second * Features + 1] = 1;
        return new Example { Length = length, Features = steps, Values = [steps[first * Features] + steps[second * Features]] };
    }

    public string Baseline(LengthRange lengths) => "telling 1 whatever the sequence has a mean squared error of 0.1667";
}
