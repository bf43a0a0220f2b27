using RnnTrain.Configuration;
using RnnTrain.Data.Examples;

namespace RnnTrain.Tasks.ClassWeighting;

/// <summary>The classes of the training data.</summary>
/// <param name="Labels">Their names.</param>
/// <param name="Counts">Training examples of each.</param>
/// <param name="Examples">Training examples.</param>
/// <param name="AreSets">Whether an example may be of any number of them.</param>
public sealed record TrainingClasses(IReadOnlyList<string> Labels, IReadOnlyList<long> Counts, long Examples, bool AreSets)
{
    /// <summary>Reads the classes of all training examples of the first pass.</summary>
    public static TrainingClasses Of(ExampleData data)
    {
        var counts = new long[data.Shape.Outputs];
        for (var index = 0; index < data.Train.Count; index++)
        {
            foreach (var label in data.Train.Make(1, index).Classes) counts[label]++;
        }

        return new TrainingClasses(LabelsOf(data), counts, data.Train.Count, data.Shape.Targets == TargetKind.ClassSetAtEnd);
    }

    /// <summary>The names of the classes of a data set: its labels, or numbers where there are none.</summary>
    public static IReadOnlyList<string> LabelsOf(ExampleData data) => data.Lexicon?.Labels?.Symbols
        ?? [.. Enumerable.Range(0, data.Shape.Outputs).Select(label => FormattableString.Invariant($"{label}"))];
}
