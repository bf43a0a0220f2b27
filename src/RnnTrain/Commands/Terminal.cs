namespace RnnTrain.Commands;

/// <summary>Where a command writes: results to one stream, mistakes and remarks to the other.</summary>
public sealed record Terminal(TextWriter Output, TextWriter Error)
{
    /// <summary>True where a person looks on: live progress makes sense.</summary>
    public bool IsInteractive => ReferenceEquals(Output, Console.Out) && !Console.IsOutputRedirected;
}
