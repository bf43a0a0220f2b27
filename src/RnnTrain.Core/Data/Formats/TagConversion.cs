using RnnTrain.Configuration;
using RnnTrain.Data.Tagging;

namespace RnnTrain.Data.Formats;

/// <summary>How labels mark spans in files, and how they do where they are learned.</summary>
public sealed record TagConversion
{
    [Describe("How the labels in the files mark spans; files that violate it are refused.")]
    public TagScheme From { get; init; }

    [Describe("How the labels that are learned mark them; as in the files if absent.")]
    public TagScheme? To { get; init; }

    internal TagScheme Learned => To ?? From;

    internal IEnumerable<ConfigMistake> Check()
    {
        if (From == TagScheme.None && Learned != TagScheme.None)
        {
            yield return new ConfigMistake(
                "data.format.scheme.to", $"labels that mark no spans cannot become {Learned.Name()}; set data.format.scheme.from to what the files have, or remove the key");
        }

        if (From != TagScheme.None && Learned == TagScheme.None)
        {
            yield return new ConfigMistake(
                "data.format.scheme.to", $"labels of {From.Name()} cannot stop marking spans; remove the key to learn them as they are, or set from to none");
        }
    }
}
