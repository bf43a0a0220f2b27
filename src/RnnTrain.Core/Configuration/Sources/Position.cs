namespace RnnTrain.Configuration.Sources;

/// <summary>Where a piece of configuration was written.</summary>
/// <param name="File">The file as the user knows it, or `--set key` for a value from the command line.</param>
/// <param name="Line">From 1; 0 where there is no line to name.</param>
/// <param name="Column">From 1; 0 where there is no line to name.</param>
public readonly record struct Position(string File, int Line, int Column)
{
    public override string ToString() => Line == 0 ? File : $"{File}:{Line}:{Column}";
}
