using System.Globalization;
using RnnTrain.Configuration;
using RnnTrain.Data.Examples;
using RnnTrain.Numerics;

namespace RnnTrain.Data.Problems;

/// <summary>Options of <see cref="CopyProblem"/>.</summary>
[Describe("Copy memory (Hochreiter and Schmidhuber 1997; Arjovsky et al. 2016): symbols, then blanks, then a cue at which the symbols are to be repeated. Length: steps from the last symbol to the cue.")]
public sealed record CopyOptions : ProblemOptions
{
    [Describe("Symbols to be kept.")]
    [Bounds(1, 10_000)]
    public int Symbols { get; init; } = 10;

    [Describe("Different symbols.")]
    [Bounds(2, 10_000)]
    public int Alphabet { get; init; } = 8;

    public override TargetKind Targets => TargetKind.ClassEachStep;
}

/// <summary>
/// Copy memory as in Arjovsky, Shah and Bengio, "Unitary evolution recurrent neural networks" (2016), after Hochreiter and Schmidhuber
/// (1997). With S symbols, an alphabet of A and length T the input is S symbols, T − 1 blanks, a cue and S blanks, T + 2S steps in all; asked
/// for are T + S blanks and then the symbols in their order. The best answer without memory is the blank until the cue has come and then each symbol
/// with probability 1/A: a loss of S · ln A / (T + 2S) a step.
/// </summary>
public sealed class CopyProblem(CopyOptions options) : ISequenceProblem
{
    private readonly int blank = options.Alphabet;
    private readonly int cue = options.Alphabet + 1;

    public ExampleShape Shape { get; } = new(options.Alphabet + 2, Features: 0, TargetKind.ClassEachStep, options.Alphabet + 1);

    public Example Draw(PortableRandom random, int length)
    {
        var steps = length + 2 * options.Symbols;
        var tokens = new int[steps]; // [time]
        var classes = new int[steps]; // [time]
        Array.Fill(tokens, blank);
        Array.Fill(classes, blank);
        tokens[options.Symbols + length - 1] = cue;
        for (var i = 0; i < options.Symbols; i++)
        {
            tokens[i] = (int)random.NextBelow(options.Alphabet);
            classes[steps - options.Symbols + i] = tokens[i];
        }

        return new Example { Length = steps, Tokens = tokens, Classes = classes };
    }

    public string Baseline(LengthRange lengths) => string.Create(
        CultureInfo.InvariantCulture, $"the best answer without memory has a loss of {Loss(lengths.Minimum):F5} at length {lengths.Minimum}");

    private double Loss(int length) => options.Symbols * Math.Log(options.Alphabet) / (length + 2 * options.Symbols);
}
