using RnnTrain.Configuration;
using RnnTrain.Data.Examples;
using RnnTrain.Numerics;

namespace RnnTrain.Data.Problems;

/// <summary>Options of <see cref="DyckProblem"/>.</summary>
[Describe("Nested brackets (Dyck-n): after each bracket, which closing one may come next. Length: brackets.")]
public sealed record DyckOptions : ProblemOptions
{
    [Describe("Kinds of brackets, the n of Dyck-n.")]
    [Bounds(1, 1000)]
    public int Kinds { get; init; } = 2;

    [Describe("How many brackets may be open at once in training.")]
    [Bounds(1, 1000)]
    public int Depth { get; init; } = 8;

    public override TargetKind Targets => TargetKind.ClassEachStep;
}

/// <summary>
/// The Dyck language of n kinds of brackets at bounded depth: Hewitt, Hahn, Ganguli, Liang and Manning, "RNNs can generate bounded
/// hierarchical languages with optimal memory" (2020); as a prediction task Suzgun, Gehrmann, Belinkov and Shieber, "LSTM networks can
/// perform dynamic counting" (2019). A sequence is a prefix of a word: a bracket opens with probability ½, always where none is open and never
/// where <see cref="DyckOptions.Depth"/> are; its kind is uniform. Asked for after each bracket is the kind of the innermost open one, the
/// only that may be closed, or class n where none is open. Tokens: 0 to n − 1 open, n to 2n − 1 close.
/// </summary>
public sealed class DyckProblem(DyckOptions options) : ISequenceProblem
{
    public ExampleShape Shape { get; } = new(2 * options.Kinds, Features: 0, TargetKind.ClassEachStep, options.Kinds + 1);

    public Example Draw(PortableRandom random, int length)
    {
        var brackets = new int[length]; // [time]
        var innermost = new int[length]; // [time]
        var open = new Stack<int>(options.Depth);
        for (var time = 0; time < length; time++)
        {
            var opens = open.Count == 0 || (open.Count < options.Depth && random.NextBelow(2) == 1);
            if (opens)
            {
                open.Push((int)random.NextBelow(options.Kinds));
                brackets[time] = open.Peek();
            }
            else brackets[time] = options.Kinds + open.Pop();

            innermost[time] = open.TryPeek(out var kind) ? kind : options.Kinds;
        }

        return new Example { Length = length, Tokens = brackets, Classes = innermost };
    }

    public string Baseline(LengthRange lengths) =>
        "who remembers the last bracket alone knows the answer after an opening one, half of the time, and guesses otherwise";
}
