namespace RnnTrain.Configuration;

/// <summary>Options of a synthetic problem: examples that are made by a rule.</summary>
public abstract record ProblemOptions
{
    [Describe("How long training examples are, as the problem counts it: a number, or a range such as 1..100, all of whose lengths are equally likely.")]
    public required LengthRange Length { get; init; }

    [Describe("How long validation examples are; as `length` if absent.")]
    public LengthRange? ValidationLength { get; init; }

    [Describe("How long test examples are; as `length` if absent.")]
    public LengthRange? TestLength { get; init; }

    /// <summary>What its examples ask for.</summary>
    public abstract TargetKind Targets { get; }

    /// <summary>False where a step is real numbers, true where it is a token.</summary>
    public virtual bool GivesTokens => true;

    /// <summary>The shortest length that makes sense.</summary>
    public virtual int ShortestLength => 1;

    /// <summary>Lengths that are too short, each with the key that holds it.</summary>
    public IEnumerable<ConfigMistake> Check(string block)
    {
        foreach (var (key, range) in new[] { ("length", Length), ("validation_length", ValidationLength), ("test_length", TestLength) })
        {
            if (range is { } length && length.Minimum < ShortestLength)
                yield return new ConfigMistake($"{block}.{key}", $"{length} is too short for this problem, whose shortest length is {ShortestLength}");
        }
    }
}
