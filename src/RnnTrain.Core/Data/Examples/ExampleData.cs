namespace RnnTrain.Data.Examples;

/// <summary>The examples of an experiment: training, and validation and test where there are any.</summary>
/// <param name="Shape">What all of them have in common.</param>
/// <param name="Splits">The examples of each split there is.</param>
/// <param name="Files">Every file that was read, for the manifest.</param>
/// <param name="Remarks">What a person should know of the data besides, one line each.</param>
public sealed record ExampleData(
    ExampleShape Shape, IReadOnlyDictionary<Split, IExampleSource> Splits, IReadOnlyList<DataFile> Files, IReadOnlyList<string> Remarks)
    : IExperimentData
{
    public Encoding.Lexicon? Lexicon { get; init; }

    /// <summary>The texts that the examples of a split were made from, one an example and in their order; null where they were no text.</summary>
    public Func<Split, IEnumerable<TextExample>>? Texts { get; init; }

    public IExampleSource Train => Splits[Split.Train];

    public bool Has(Split split) => Splits.ContainsKey(split);

    public IEnumerable<(string Name, string Text)> Describe() =>
    [
        .. Splits.OrderBy(pair => pair.Key).Select(pair => (pair.Key.Key(), pair.Value.Description)),
        ("examples", Shape.ToString()),
        .. Remarks.Select(remark => ("remark", remark)),
    ];
}
