namespace RnnTrain.Data;

/// <summary>Splits as files and messages write them.</summary>
public static class SplitNames
{
    /// <summary>`train`, `validation` or `test`.</summary>
    public static string Name(this Split split) => split switch
    {
        Split.Train => "train",
        Split.Validation => "validation",
        _ => "test",
    };

    /// <summary>The configuration key that names the split's files: `data.train`.</summary>
    public static string Key(this Split split) => $"data.{split.Name()}";
}
