namespace RnnTrain.Configuration;

/// <summary>What an example asks for.</summary>
public enum TargetKind
{
    [Describe("One class when the whole sequence has been read.")]
    ClassAtEnd,

    [Describe("A class at every step.")]
    ClassEachStep,

    [Describe("Real numbers when the whole sequence has been read.")]
    ValuesAtEnd,

    [Describe("Any number of classes when the whole sequence has been read.")]
    ClassSetAtEnd,

    [Describe("Another sequence of tokens.")]
    Sequence,
}
