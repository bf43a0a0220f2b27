using RnnTrain.Configuration;

namespace RnnTrain.Data.Examples;

/// <summary>What all examples of a data set have in common.</summary>
/// <param name="Vocabulary">Different tokens where a step is a token; 0 where it is real numbers.</param>
/// <param name="Features">Real numbers a step; 0 where it is a token.</param>
/// <param name="Targets">What they ask for.</param>
/// <param name="Outputs">Different classes, or tokens to write with begin and end (<see cref="Encoding.WrittenSymbols"/>), or real numbers that are asked for.</param>
public sealed record ExampleShape(int Vocabulary, int Features, TargetKind Targets, int Outputs)
{
    /// <summary>Different letters where tokens are also read letter by letter; else 0.</summary>
    public int Characters { get; init; }

    /// <summary>True where a step is a token.</summary>
    public bool HasTokens => Vocabulary > 0;

    /// <summary>For people: `12 tokens → 10 classes, one each step`.</summary>
    public override string ToString()
    {
        var input = HasTokens ? $"{Vocabulary} different tokens" : $"{Features} {(Features == 1 ? "number" : "numbers")} a step";
        return Targets switch
        {
            TargetKind.ClassAtEnd => $"{input} → one of {Outputs} classes at the end",
            TargetKind.ClassEachStep => $"{input} → one of {Outputs} classes each step",
            TargetKind.ClassSetAtEnd => $"{input} → any of {Outputs} classes at the end",
            TargetKind.Sequence => $"{input} → another sequence of {Outputs} different tokens",
            _ => $"{input} → {Outputs} {(Outputs == 1 ? "number" : "numbers")} at the end",
        };
    }
}
