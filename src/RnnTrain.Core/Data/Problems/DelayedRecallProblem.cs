using System.Globalization;
using RnnTrain.Configuration;
using RnnTrain.Data.Examples;
using RnnTrain.Numerics;

namespace RnnTrain.Data.Problems;

/// <summary>Options of <see cref="DelayedRecallProblem"/>.</summary>
[Describe("Delayed recall (Bengio et al. 1994; Hochreiter and Schmidhuber 1997): the first symbol of a sequence, asked for after distractors and a cue. Length: distractors.")]
public sealed record DelayedRecallOptions : ProblemOptions
{
    [Describe("Different symbols that may have to be recalled.")]
    [Bounds(2, 10_000)]
    public int Alphabet { get; init; } = 8;

    [Describe("Different distractors; with 1 nothing but blanks stands between symbol and cue.")]
    [Bounds(1, 10_000)]
    public int Distractors { get; init; } = 8;

    public override TargetKind Targets => TargetKind.ClassAtEnd;
}

/// <summary>
/// Delayed recall, the task behind Bengio, Simard and Frasconi, "Learning long-term dependencies with gradient descent is difficult" (1994),
/// and experiment 2 of Hochreiter and Schmidhuber, "Long short-term memory" (1997). With length T the input is one of A symbols, T random
/// distractors, which are other tokens, and a cue: T + 2 steps. The symbol is asked for at the end.
/// </summary>
public sealed class DelayedRecallProblem(DelayedRecallOptions options) : ISequenceProblem
{
    public ExampleShape Shape { get; } = new(options.Alphabet + options.Distractors + 1, Features: 0, TargetKind.ClassAtEnd, options.Alphabet);

    public Example Draw(PortableRandom random, int length)
    {
        var tokens = new int[length + 2]; // [time]
        tokens[0] = (int)random.NextBelow(options.Alphabet);
        for (var time = 1; time <= length; time++) tokens[time] = options.Alphabet + (int)random.NextBelow(options.Distractors);
        tokens[^1] = options.Alphabet + options.Distractors;
        return new Example { Length = tokens.Length, Tokens = tokens, Classes = [tokens[0]] };
    }

    public string Baseline(LengthRange lengths) => string.Create(
        CultureInfo.InvariantCulture, $"guessing has a loss of {Math.Log(options.Alphabet):F4} and is right once in {options.Alphabet}");
}
