using System.Globalization;
using RnnTrain.Configuration;
using RnnTrain.Data.Encoding;
using RnnTrain.Data.Examples;
using RnnTrain.Numerics;

namespace RnnTrain.Data.Problems;

/// <summary>Options of <see cref="ReversalProblem"/>.</summary>
[Describe("Reversal (Grefenstette et al. 2015): a sequence of symbols is to be written again, the last one first. Length: symbols.")]
public sealed record ReversalOptions : ProblemOptions
{
    [Describe("Different symbols.")]
    [Bounds(2, 10_000)]
    public int Alphabet { get; init; } = 8;

    public override TargetKind Targets => TargetKind.Sequence;
}

/// <summary>
/// Reversal: Grefenstette, Hermann, Suleyman and Blunsom, "Learning to transduce with unbounded memory" (2015). With length T the input is T random symbols
/// out of A, and what is to be written are these in reverse order, and the end.
/// </summary>
public sealed class ReversalProblem(ReversalOptions options) : ISequenceProblem
{
    public ExampleShape Shape { get; } = new(options.Alphabet, Features: 0, TargetKind.Sequence, new WrittenSymbols(options.Alphabet).Count);

    public Example Draw(PortableRandom random, int length)
    {
        var symbols = new int[length]; // [time]
        for (var time = 0; time < length; time++) symbols[time] = (int)random.NextBelow(options.Alphabet);
        return new Example { Length = length, Tokens = symbols, Target = [.. symbols.Reverse()] };
    }

    public string Baseline(LengthRange lengths) => string.Create(
        CultureInfo.InvariantCulture, $"guessing a symbol has a loss of {Math.Log(options.Alphabet):F4} and is right once in {options.Alphabet}");
}
