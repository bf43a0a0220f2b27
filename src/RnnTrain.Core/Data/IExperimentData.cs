namespace RnnTrain.Data;

/// <summary>The data of an experiment, read and checked; what it is made of only its task knows.</summary>
public interface IExperimentData
{
    /// <summary>Every file that was read, for the manifest.</summary>
    IReadOnlyList<DataFile> Files { get; }

    /// <summary>What its numbers mean; null where there is no text.</summary>
    Encoding.Lexicon? Lexicon { get; }

    /// <summary>Whether there is anything in a split.</summary>
    bool Has(Split split);

    /// <summary>What there is, for people: one line a split or property, each as a name and a description.</summary>
    IEnumerable<(string Name, string Text)> Describe();
}
